using System.Management.Automation;
using System.Management.Automation.Runspaces;
using PS = System.Management.Automation.PowerShell;

namespace EcsImages.PowerShell.Tests;

/// <summary>A runspace with the staged module, in a folder of its own.</summary>
internal sealed class TestShell : IDisposable
{
    private readonly Runspace _runspace;

    static TestShell() => Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

    public TestShell(bool connect = true, string region = "cn-hangzhou", double speed = 100)
    {
        Folder = Path.Combine(Path.GetTempPath(), $"ecsimage-test-{Guid.NewGuid():N}");
        var state = InitialSessionState.CreateDefault2();
        state.ThreadOptions = PSThreadOptions.UseCurrentThread;
        Host = new RecordingHost();
        _runspace = RunspaceFactory.CreateRunspace(Host, state);
        _runspace.Open();
        Run($"Import-Module '{StagedModule.Manifest}'");
        _runspace.SessionStateProxy.SetVariable("folder", Folder);
        if (connect) Run($"$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId {region} -Speed {speed}");
    }

    /// <summary>The folder of the embedded endpoint.</summary>
    public string Folder { get; }

    public RecordingHost Host { get; }

    public Runspace Runspace => _runspace;

    /// <summary>Runs a script that must not fail.</summary>
    public IReadOnlyList<dynamic> Run(string script)
    {
        var run = Try(script);
        Assert.True(run.Errors.Count == 0 && run.Terminating is null, $"{script}\n{run.Terminating}\n{string.Join('\n', run.Errors)}");
        return run.Output;
    }

    /// <summary>Runs a script that may fail, and tells all that came of it.</summary>
    public Outcome Try(string script)
    {
        using var shell = PS.Create(_runspace);
        shell.AddScript(script);
        Exception? terminating = null;
        var output = new PSDataCollection<PSObject>();
        try
        {
            shell.Invoke(null, output);
        }
        catch (RuntimeException e)
        {
            terminating = e;
        }
        return new Outcome([.. output.Select(static o => (dynamic?)o!)], [.. shell.Streams.Error], terminating as RuntimeException,
            [.. shell.Streams.Verbose.Select(static v => v.Message)], [.. shell.Streams.Warning.Select(static w => w.Message)],
            [.. shell.Streams.Progress], [.. shell.Streams.Debug.Select(static d => d.Message)]);
    }

    /// <summary>The one error of a script.</summary>
    public ErrorRecord Error(string script)
    {
        var run = Try(script);
        return run.Terminating?.ErrorRecord ?? Assert.Single(run.Errors);
    }

    /// <summary>A custom image made of an instance of the newest Alibaba Cloud Linux 3; sets $instance and $image.</summary>
    public dynamic MakeImage(string name = "base", string parameters = "") => Run($$"""
        $public = Get-EcsImage -Family acs:alibaba_cloud_linux_3_2104_lts_x64 -Latest
        $instance = New-EcsInstance $public ecs.g7.large -Name {{name}} -DataDiskSizeGiB 20 -Wait
        $image = New-EcsCustomImage -InstanceId $instance.InstanceId -Name {{name}} {{parameters}} -Wait
        $image
        """)[0];

    public void Dispose()
    {
        using (var shell = PS.Create(_runspace))
        {
            shell.AddScript("Disconnect-EcsAccount -All");
            shell.Invoke();
        }
        _runspace.Dispose();
        if (Directory.Exists(Folder)) Directory.Delete(Folder, recursive: true);
    }
}

/// <summary>What a script came to.</summary>
internal sealed record Outcome(
    IReadOnlyList<dynamic> Output, IReadOnlyList<ErrorRecord> Errors, RuntimeException? Terminating, IReadOnlyList<string> Verbose,
    IReadOnlyList<string> Warnings, IReadOnlyList<ProgressRecord> Progress, IReadOnlyList<string> Debug);
