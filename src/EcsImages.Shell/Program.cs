using System.Management.Automation;
using EcsImages.Shell;

const int BadUsage = 64;

// Before the engine looks at it: this shell sends nothing to anybody.
Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
var screen = new ShellScreen();
ShellArguments arguments;
string manifest;
try
{
    arguments = ShellArguments.Parse(args);
    if (arguments.Task == ShellTask.Version) return Say($"EcsImages.Shell {Version(typeof(ShellHost))}, PowerShell engine {PSVersionInfo.PSVersion}");
    if (arguments.Task == ShellTask.Help) return Say(ShellHelp.Text);
    if (arguments.Task == ShellTask.File && !File.Exists(arguments.Text))
    {
        throw new ShellArgumentException($"There is no script file '{arguments.Text}' in {Environment.CurrentDirectory}.");
    }

    manifest = StagedModule.Find();
}
catch (ShellArgumentException e)
{
    screen.WriteErrorLine(e.Message);
    return BadUsage;
}
catch (FileNotFoundException e)
{
    screen.WriteErrorLine(e.Message);
    return ShellSession.Failed;
}

var input = new ShellInput(arguments.NonInteractive);
using var session = new ShellSession(screen, input);
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    session.Interrupt();
    input.Interrupt();
};
if (!session.Import(manifest)) return ShellSession.Failed;
switch (arguments.Task)
{
    case ShellTask.File:
        return session.RunFile(Path.GetFullPath(arguments.Text), arguments.Rest);
    case ShellTask.Command:
        return session.RunText(arguments.Text);
    case ShellTask.Prompt when input.CanAsk:
        if (!arguments.NoLogo) Say($"EcsImages.Shell {Version(typeof(ShellHost))}: {manifest}");
        return new ShellPrompt(session, screen, input).Run();
    default:
        return session.RunText(Console.In.ReadToEnd());
}

int Say(string text)
{
    screen.Write(text + Environment.NewLine);
    return 0;
}

static string Version(Type type) => type.Assembly.GetName().Version!.ToString(3);
