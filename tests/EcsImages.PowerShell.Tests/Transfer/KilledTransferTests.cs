using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;

namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>Really kills processes in the middle of imports and exports, against an emulator that is slow on purpose, and runs the same command again.</summary>
public sealed class KilledTransferTests : IDisposable
{
    private const int Kills = 3, PartsAtOnce = 4;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-killed-").FullName;
    private readonly HttpClient _http = new();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_import_that_is_killed_three_times_sends_no_part_twice_and_an_export_brings_back_the_same_disk()
    {
        using var emulator = await EmulatorProcess.StartAsync("--access-key", "LTAIbuilder:builderSecret:builder");
        var disk = MakeDisk();
        var import = Script(emulator, $"""
            $image = Import-EcsImage '{disk}' -Name web-2026 -Wait -WarningAction SilentlyContinue -Verbose 4>&1
            $image | ForEach-Object ToString
            """);
        await RunAsync(Script(emulator, Roles));

        await SlowDownAsync(emulator, "UploadPart", milliseconds: 150);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var sent = await CountAsync(emulator, "UploadPart");
            await KillAsync(import, async () => await CountAsync(emulator, "UploadPart") >= sent + 3);
            Assert.Contains(Directory.GetFiles(_folder), static f => f.EndsWith(".ecsimport", StringComparison.Ordinal));
        }
        await SpeedUpAsync(emulator);
        var said = await RunAsync(import);
        var kept = said.Single(static l => l.Contains("lay there already", StringComparison.Ordinal));
        Assert.DoesNotContain("; 0 bytes of it", kept, StringComparison.Ordinal);
        // What was under way at a kill may have arrived without anybody hearing of it.
        var parts = (int)Math.Ceiling(new FileInfo(disk).Length / (double)(4 << 20)) + 1;
        Assert.InRange(await CountAsync(emulator, "UploadPart"), parts - 1, parts + Kills * PartsAtOnce);
        Assert.Equal(1, await CountAsync(emulator, "CompleteMultipartUpload"));
        Assert.Equal(1, await CountAsync(emulator, "ImportImage"));
        Assert.Equal([disk], Directory.GetFiles(_folder));

        await SlowDownAsync(emulator, "GetObject", milliseconds: 150);
        var file = Path.Combine(_folder, "back.raw");
        var export = Script(emulator, $"$null = Get-EcsImage -Name web-2026 | Export-EcsImage -Destination '{file}' -Wait");
        for (var kill = 1; kill <= Kills; kill++)
        {
            var fetched = await CountAsync(emulator, "GetObject");
            await KillAsync(export, async () => await CountAsync(emulator, "GetObject") > fetched);
        }
        await SpeedUpAsync(emulator);
        await RunAsync(export);
        Assert.Equal(1, await CountAsync(emulator, "ExportImage"));
        Assert.Equal([file, disk], Directory.GetFiles(_folder).Order(StringComparer.Ordinal));
        Assert.Equal(await File.ReadAllBytesAsync(disk), (await File.ReadAllBytesAsync(file))[..(int)new FileInfo(disk).Length]);
    }

    // A script of the kind that a runbook is.
    private static string Script(EmulatorProcess emulator, string work) => $"""
        $ErrorActionPreference = 'Stop'
        $key = [pscredential]::new('LTAIbuilder', (& {$"{{ $s = [securestring]::new(); 'builderSecret'.ToCharArray() | ForEach-Object {{ $s.AppendChar($_) }}; $s }}"}))
        $null = Connect-EcsAccount -Endpoint {emulator.Address} -Credential $key -RegionId cn-hangzhou
        {work}
        """;

    private const string Roles = """
        foreach ($way in 'Import', 'Export') {
            $trust = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}'
            $null = Invoke-EcsApi CreateRole -Product ram @{ RoleName = "AliyunECSImage${way}DefaultRole"; AssumeRolePolicyDocument = $trust } -Confirm:$false
            $null = Invoke-EcsApi AttachPolicyToRole -Product ram @{ RoleName = "AliyunECSImage${way}DefaultRole"; PolicyType = 'System'; PolicyName = "AliyunECSImage${way}RolePolicy" } -Confirm:$false
        }
        """;

    // Bytes that nothing can pack, so that all of them travel both ways.
    private string MakeDisk()
    {
        var path = Path.Combine(_folder, "disk.raw");
        var bytes = new byte[160 << 20];
        new Random(20261201).NextBytes(bytes);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static async Task<string[]> RunAsync(string script)
    {
        using var process = Start(script);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(Patience);
        Assert.True(process.ExitCode == 0, $"{await errors}\n{await output}");
        return (await output).Split('\n');
    }

    // Waits for what the emulator has seen, not for a time.
    private static async Task KillAsync(string script, Func<Task<bool>> isTime)
    {
        using var process = Start(script);
        using var limit = new CancellationTokenSource(Patience);
        while (!await isTime())
        {
            if (process.HasExited) Assert.Fail($"It ended before it was killed: {await process.StandardError.ReadToEndAsync(limit.Token)}{await process.StandardOutput.ReadToEndAsync(limit.Token)}");
            await Task.Delay(20, limit.Token);
        }
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(limit.Token);
    }

    private static Process Start(string script) => Process.Start(new ProcessStartInfo("dotnet", [StagedModule.Shell, "-NonInteractive", "-Command", script])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        Environment = { ["ECSIMAGE_MODULE"] = StagedModule.Manifest },
    })!;

    private async Task SlowDownAsync(EmulatorProcess emulator, string operation, int milliseconds) =>
        (await _http.PostAsJsonAsync($"{emulator.Address}/_emulator/faults", new { kind = "Delay", product = "oss", operation, delayMilliseconds = milliseconds })).EnsureSuccessStatusCode();

    private async Task SpeedUpAsync(EmulatorProcess emulator) => (await _http.DeleteAsync($"{emulator.Address}/_emulator/faults")).EnsureSuccessStatusCode();

    private async Task<int> CountAsync(EmulatorProcess emulator, string operation)
    {
        var all = await _http.GetFromJsonAsync<JsonElement>($"{emulator.Address}/_emulator/requests?operation={operation}");
        var list = all.ValueKind is JsonValueKind.Array ? all : all.GetProperty("requests");
        return list.EnumerateArray().Count(static r => r.TryGetProperty("status", out var status) && status.ValueKind is JsonValueKind.Number && status.GetInt32() is 200 or 206);
    }
}
