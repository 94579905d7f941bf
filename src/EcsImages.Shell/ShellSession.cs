using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using Microsoft.PowerShell;

namespace EcsImages.Shell;

/// <summary>A runspace with the module in it, in which texts and scripts run with their output on the screen as it comes.</summary>
internal sealed class ShellSession : IDisposable
{
    public const int Failed = 1;
    public const int Interrupted = 130;
    private const string Named = "EcsImagesShellNamed";
    private const string Succeeded = "EcsImages.Shell.Succeeded";

    private readonly ShellScreen _screen;
    private readonly ShellHost _host;
    private readonly Runspace _runspace;
    private volatile PowerShell? _running;
    private volatile bool _interrupted;

    public ShellSession(ShellScreen screen, ShellInput input)
    {
        _screen = screen;
        _host = new(screen, input);
        var state = InitialSessionState.CreateDefault2();
        // What is missing here should be missing at once, not be looked for in whatever modules the machine has.
        state.Variables.Add(new SessionStateVariableEntry("PSModuleAutoLoadingPreference", PSModuleAutoLoadingPreference.None, ""));
        if (OperatingSystem.IsWindows()) state.ExecutionPolicy = ExecutionPolicy.RemoteSigned;
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.Open();
    }

    /// <summary>What <c>exit</c> asked for, once it did.</summary>
    public int? ExitCode => _host.ExitCode;

    /// <summary>Imports the module; false when it could not be, and the error is on the screen.</summary>
    public bool Import(string manifest) =>
        Run(shell => shell.AddCommand("Import-Module").AddParameter("Name", manifest).AddParameter("ErrorAction", ActionPreference.Stop)) == 0;

    /// <summary>Runs a text; its exit code is 1 also when its last statement failed.</summary>
    public int RunText(string text)
    {
        // $? tells of the last statement only within the same script: afterwards it tells of the pipeline around it.
        var ast = Parser.ParseInput(text, out _, out var errors);
        var plain = errors.Length == 0 && ast is { ParamBlock: null, EndBlock: { Unnamed: true }, BeginBlock: null, ProcessBlock: null };
        _runspace.SessionStateProxy.PSVariable.Remove(Succeeded);
        var code = Run(shell => shell.AddScript(plain ? $"{text}\n${{global:{Succeeded}}} = $?" : text));
        return code == 0 && _host.ExitCode is null && _runspace.SessionStateProxy.GetVariable(Succeeded) is false ? Failed : code;
    }

    /// <summary>Runs a script file; arguments that look like <c>-Name</c> are parameter names, as at a prompt.</summary>
    public int RunFile(string path, IReadOnlyList<string> arguments)
    {
        var named = new Hashtable();
        var words = new List<CommandParameter>();
        foreach (var argument in arguments)
        {
            var isName = argument.Length > 1 && argument[0] == '-' && (char.IsLetter(argument[1]) || argument[1] == '_');
            var colon = isName ? argument.IndexOf(':', StringComparison.Ordinal) : -1;
            if (colon > 0) named[argument[1..colon]] = Value(argument[(colon + 1)..]);
            // With its dash, a name is a word of the command line: the binder decides whether the next word is its value.
            else words.Add(isName ? new(argument) : new(null, argument));
        }

        // A script called as a command keeps its exit code to itself, so this passes it on: it is what makes $? false.
        var script = new Command(
            $". '{CodeGeneration.EscapeSingleQuotedStringContent(path)}' @args @{Named}; if (-not $? -and $LASTEXITCODE) {{ exit $LASTEXITCODE }}",
            isScript: true);
        words.ForEach(script.Parameters.Add);
        _runspace.SessionStateProxy.SetVariable(Named, named);
        return Run(shell => shell.Commands.AddCommand(script));
    }

    /// <summary>Stops what runs, if anything does; called by Ctrl+C.</summary>
    public bool Interrupt()
    {
        if (_running is not { } running) return false;
        _interrupted = true;
        running.BeginStop(static _ => { }, null);
        return true;
    }

    public void Dispose() => _runspace.Dispose();

    private int Run(Action<PowerShell> fill)
    {
        using var shell = PowerShell.Create(_runspace);
        fill(shell);
        shell.AddCommand("Out-Default");
        shell.Streams.Error.DataAdded += (_, _) =>
        {
            foreach (var error in shell.Streams.Error.ReadAll()) _screen.WriteErrorLine(ErrorText.Of(error));
        };
        _interrupted = false;
        _running = shell;
        try
        {
            shell.Invoke();
            return _interrupted ? Interrupted : _host.ExitCode ?? 0;
        }
        catch (PipelineStoppedException)
        {
            return _interrupted ? Interrupted : _host.ExitCode ?? Failed;
        }
        catch (RuntimeException e)
        {
            _screen.WriteErrorLine(ErrorText.Of(e));
            return Failed;
        }
        finally
        {
            _running = null;
            _screen.ShowProgress(null);
        }
    }

    /// <summary>The value in -Name:value, by which a switch can be turned off.</summary>
    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
