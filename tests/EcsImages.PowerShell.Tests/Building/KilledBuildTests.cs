using System.Diagnostics;
using System.Globalization;
using Xunit.Abstractions;

namespace EcsImages.PowerShell.Tests.Building;

/// <summary>Really kills processes while they build images, at seeded random moments of every stage.</summary>
public sealed class KilledBuildTests(ITestOutputHelper output)
{
    private const int LeastKills = 15, MostExecutions = 12;
    private const int LatestKillMilliseconds = 700;

    private static readonly string[] Statuses = ["PREPARING", "REPAIRING", "BUILDING", "TESTING", "DISTRIBUTING", "RELEASING"];

    // Whoever runs it starts the execution or, with the same token, goes on with it.
    private const string Worker = """
        param($folder, $pipeline, $token)
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.5
        $execution = Start-EcsImagePipeline $pipeline -ClientToken $token -ErrorAction Stop
        do {
            $now = Get-EcsImagePipelineExecution $execution.ExecutionId -ErrorAction Stop
            "$($now.Status) $($now.ExecutionId)"
        } until ($now.Status -in 'SUCCESS', 'PARTITION_SUCCESS', 'FAILED', 'TEST_FAILED', 'CANCELLED')
        """;

    [Fact]
    public async Task A_process_killed_in_any_stage_leaves_an_execution_that_the_next_one_finishes_with_one_image_and_every_share()
    {
        var seed = Environment.GetEnvironmentVariable("KILL_SEED") is { Length: > 0 } given ? int.Parse(given, CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"KILL_SEED={seed}");
        var random = new Random(seed);
        using var shell = new TestShell();
        var script = Path.Combine(shell.Folder, "worker.ps1");
        await File.WriteAllTextAsync(script, Worker);
        shell.Run("""
            $them = Connect-EcsAccount -Local -Path $folder -Account them -RegionId cn-hangzhou
            $us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 100
            $web = New-EcsImagePipeline -Name web -Family acs:alibaba_cloud_linux_3_2104_lts_x64 -BuildContent 'RUN true' -TestContent 'RUN true' -RepairMode Standard `
                -ImageName web -DestinationRegionId cn-hangzhou, cn-beijing -AccountId $them.AccountId
            """);
        string pipeline = shell.Text("$web.ImagePipelineId");
        var kills = Statuses.ToDictionary(static s => s, static _ => 0, StringComparer.Ordinal);
        for (var n = 0; n < MostExecutions && (kills.Values.Sum() < LeastKills || kills.ContainsValue(0)); n++)
        {
            await BuildAsync(script, shell.Folder, pipeline, $"token-{n}", random, kills);
            Verify(shell, n + 1);
        }
        output.WriteLine(string.Join(", ", kills.Select(static k => $"{k.Key} {k.Value}")));
        Assert.True(kills.Values.Sum() >= LeastKills, $"Only {kills.Values.Sum()} kills: the test proves too little.");
        Assert.All(kills, static k => Assert.True(k.Value > 0, $"No process was killed in {k.Key}."));
    }

    // One execution, whose processes are killed in each of its stages; the last one sees it end.
    private static async Task BuildAsync(string script, string folder, string pipeline, string token, Random random, Dictionary<string, int> kills)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            using var process = Process.Start(new ProcessStartInfo("dotnet", [StagedModule.Shell, "-NonInteractive", "-File", script, folder, pipeline, token])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["ECSIMAGE_MODULE"] = StagedModule.Manifest },
            })!;
            var errors = process.StandardError.ReadToEndAsync();
            var status = "";
            while (await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromMinutes(1)) is { } line)
            {
                status = line.Split(' ')[0];
                if (Statuses.Contains(status) && seen.Add(status)) break;
            }
            if (Statuses.Contains(status))
            {
                // Who reads no more must not hold it up until it is killed.
                var rest = process.StandardOutput.ReadToEndAsync();
                await Task.Delay(random.Next(LatestKillMilliseconds));
                if (!process.HasExited) kills[status]++;
                process.Kill(entireProcessTree: true);
                await rest.WaitAsync(TimeSpan.FromSeconds(30));
            }
            await process.WaitForExitAsync();
            Assert.Equal("", await errors);
            if (!Statuses.Contains(status))
            {
                Assert.Equal("SUCCESS", status);
                return;
            }
        }
    }

    private static void Verify(TestShell shell, int executions)
    {
        var images = shell.Run("Get-EcsImage -Name web_* -ImageType Custom -RegionId cn-hangzhou, cn-beijing");
        Assert.Equal(Enumerable.Repeat("cn-hangzhou", executions).Concat(Enumerable.Repeat("cn-beijing", executions)).Order(), images.Select(static i => (string)i.RegionId).Order());
        Assert.All(images, static i => Assert.Equal("Available", (string)i.Status));
        Assert.Equal(executions, images.Select(static i => (string)i.Name).Distinct().Count());
        Assert.Equal(2 * executions, shell.Run("Get-EcsImage -ImageType Shared -RegionId cn-hangzhou, cn-beijing -Context $them").Count);
        Assert.Equal(executions, shell.Run("Get-EcsImagePipelineExecution -ImagePipelineId $web.ImagePipelineId").Count);
        Assert.Empty(shell.Run("Get-EcsInstance"));
        Assert.Equal("1", shell.Text("(Invoke-EcsApi DescribeVpcs @{ RegionId = 'cn-hangzhou' }).TotalCount"));
    }
}
