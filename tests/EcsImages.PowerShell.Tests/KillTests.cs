using System.Collections.Concurrent;
using System.Diagnostics;
using Xunit.Abstractions;

namespace EcsImages.PowerShell.Tests;

/// <summary>Really kills processes while they create and copy images, at seeded random moments.</summary>
public sealed class KillTests(ITestOutputHelper output)
{
    private const int Rounds = 25;
    private const int WithSecondProcess = 5;
    private const int LatestKillMilliseconds = 400;

    // Names carry the process, so that two of them never ask for the same; each line is an acknowledgement.
    private const string Worker = """
        param($folder, $snapshot, $name)
        $null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 20
        foreach ($n in 1..6) {
            $image = New-EcsCustomImage -SnapshotId $snapshot -Name "$name-$n"
            "made $($image.ImageId) cn-hangzhou"
            $done = $image | Wait-EcsImage
            $done | Copy-EcsImage -DestinationRegionId cn-beijing, cn-shanghai | ForEach-Object { "made $($_.ImageId) $($_.RegionId)" }
            $done | Remove-EcsImage -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable busy
            if (-not $busy) { "gone $($done.ImageId) cn-hangzhou" }
        }
        'finished'
        """;

    [Fact]
    public async Task Killing_a_process_at_any_instant_loses_nothing_that_was_acknowledged()
    {
        var seed = Environment.GetEnvironmentVariable("KILL_SEED") is { Length: > 0 } given ? int.Parse(given, System.Globalization.CultureInfo.InvariantCulture) : Random.Shared.Next();
        output.WriteLine($"KILL_SEED={seed}");
        var random = new Random(seed);
        using var shell = new TestShell();
        shell.MakeImage("seed", "-SystemDiskOnly");
        string snapshot = shell.Run("$image.Disks[0].SnapshotId")[0].ToString();
        var script = Path.Combine(shell.Folder, "worker.ps1");
        await File.WriteAllTextAsync(script, Worker);
        var acknowledged = 0;
        for (var round = 0; round < Rounds; round++)
        {
            var workers = Enumerable.Range(0, round % WithSecondProcess == 0 ? 2 : 1)
                .Select(n => new KilledWorker(script, shell.Folder, snapshot, $"r{round}-{n}")).ToArray();
            foreach (var worker in workers) await worker.KillAfterAsync(random.Next(LatestKillMilliseconds));
            var lines = workers.SelectMany(static w => w.Lines).Select(static l => l.Split(' ')).Where(static l => l.Length == 3).ToArray();
            acknowledged += lines.Length;
            var gone = lines.Where(static l => l[0] == "gone").Select(static l => l[1]).ToHashSet(StringComparer.Ordinal);
            Verify(shell, lines.Where(l => l[0] == "made" && !gone.Contains(l[1])), gone);
        }
        output.WriteLine($"{acknowledged} acknowledgements survived {Rounds} rounds.");
        Assert.True(acknowledged >= Rounds, $"Only {acknowledged} acknowledgements: the test killed too early to prove anything.");
    }

    // A made image is there and becomes Available. An image whose deletion was under way may be gone, but not half.
    private static void Verify(TestShell shell, IEnumerable<string[]> made, HashSet<string> gone)
    {
        foreach (var line in made)
        {
            var run = shell.Try($"Wait-EcsImage {line[1]} -RegionId {line[2]} -TimeoutSec 60");
            if (run.Errors.Count == 0) Assert.Equal("Available", (string)run.Output[0].Status);
            else if (line[2] != "cn-hangzhou") Assert.Fail($"{line[1]} in {line[2]} was acknowledged, and is lost: {run.Errors[0]}");
            // The worker deletes what it made in cn-hangzhou; killed before it could say so, the image is rightly gone.
            else Assert.Equal("InvalidImageId.NotFound", run.Errors[0].FullyQualifiedErrorId.Split(',')[0]);
        }
        foreach (var id in gone)
            Assert.Equal("InvalidImageId.NotFound", shell.Error($"Get-EcsImage {id}").FullyQualifiedErrorId.Split(',')[0]);
        // First all are waited for: the source of a copy that is under way cannot be deleted.
        shell.Run("""
            $all = Get-EcsImage -ImageType Custom -RegionId cn-hangzhou, cn-beijing, cn-shanghai | Where-Object Name -ne seed | Wait-EcsImage
            $all | Remove-EcsImage -Confirm:$false
            """);
        Assert.Single(shell.Run("Get-EcsImage -ImageType Custom -RegionId cn-hangzhou, cn-beijing, cn-shanghai"));
    }

    private sealed class KilledWorker
    {
        private readonly Process _process;
        private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly ConcurrentQueue<string> _lines = new();
        private readonly Task<string> _errors;

        public KilledWorker(string script, string folder, string snapshot, string name)
        {
            _process = Process.Start(new ProcessStartInfo("dotnet", [StagedModule.Shell, "-NonInteractive", "-File", script, folder, snapshot, name])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                Environment = { ["ECSIMAGE_MODULE"] = StagedModule.Manifest },
            })!;
            _errors = _process.StandardError.ReadToEndAsync();
            Reading = ReadAsync();
        }

        public IReadOnlyCollection<string> Lines => _lines;

        private Task Reading { get; }

        /// <summary>Lets it make one image, then kills it some time later. The random moment is the point of the test.</summary>
        public async Task KillAfterAsync(int milliseconds)
        {
            await Task.WhenAny(_first.Task, Reading).WaitAsync(TimeSpan.FromMinutes(1));
            await Task.Delay(milliseconds);
            _process.Kill(entireProcessTree: true);
            await Reading.WaitAsync(TimeSpan.FromSeconds(30));
            await _process.WaitForExitAsync();
            var errors = await _errors;
            Assert.True(errors.Length == 0, $"The worker failed before it was killed: {errors}");
            _process.Dispose();
        }

        private async Task ReadAsync()
        {
            while (await _process.StandardOutput.ReadLineAsync() is { } line)
            {
                _lines.Enqueue(line);
                _first.TrySetResult();
            }
        }
    }
}
