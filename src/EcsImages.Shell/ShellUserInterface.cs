using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace EcsImages.Shell;

/// <summary>What scripts and cmdlets write, and what they ask.</summary>
internal sealed class ShellUserInterface(ShellScreen screen, ShellInput input) : PSHostUserInterface
{
    private const string Yellow = "33;1";
    private readonly ProgressLine _progress = new(screen);

    public override PSHostRawUserInterface RawUI { get; } = new ShellRawUserInterface(input);

    public override bool SupportsVirtualTerminal => ShellScreen.OutputIsTerminal && ShellScreen.ColourAllowed;

    public override void Write(string value) => screen.Write(Rendered(value));

    public override void Write(ConsoleColor foregroundColor, ConsoleColor backgroundColor, string value) =>
        screen.Write(Rendered(value), Sgr(foregroundColor));

    public override void WriteLine(string value) => screen.Write(Rendered(value) + Environment.NewLine);

    public override void WriteErrorLine(string value) => screen.WriteErrorLine(GetOutputString(value, ShellScreen.ErrorIsTerminal));

    public override void WriteDebugLine(string message) => WriteMarked("DEBUG: ", message);

    public override void WriteVerboseLine(string message) => WriteMarked("VERBOSE: ", message);

    public override void WriteWarningLine(string message) => WriteMarked("WARNING: ", message);

    public override void WriteProgress(long sourceId, ProgressRecord record) => _progress.Show(sourceId, record);

    public override string ReadLine()
    {
        input.Require("a line of input is wanted.", "Give the value as a parameter.");
        return input.ReadLine() ?? "";
    }

    public override SecureString ReadLineAsSecureString()
    {
        input.Require("a secret is wanted.", "Give it as a parameter of type SecureString or PSCredential, or through the environment.");
        return ShellInput.ReadSecret();
    }

    public override Dictionary<string, PSObject> Prompt(string caption, string message, Collection<FieldDescription> descriptions)
    {
        input.Require($"values are wanted for {string.Join(", ", descriptions.Select(field => field.Name))}.", "Give them as parameters.");
        WriteHeading(caption, message);
        return descriptions.ToDictionary(field => field.Name, Ask);
    }

    public override int PromptForChoice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        input.Require(string.Join(' ', message.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries)),
            "Where the question is whether to go on, -Confirm:$false says yes beforehand.");
        WriteHeading(caption, message);
        var labels = choices.Select(Label).ToList();
        var hint = defaultChoice >= 0 ? $" (default is \"{labels[defaultChoice].Key}\")" : "";
        while (true)
        {
            screen.Write(string.Join("  ", labels.Select(label => $"[{label.Key}] {label.Text}")) + $"  [?] Help{hint}: ");
            var answer = input.ReadLine()?.Trim() ?? throw new PipelineStoppedException();
            if (answer.Length == 0 && defaultChoice >= 0) return defaultChoice;
            if (answer == "?")
            {
                for (var i = 0; i < choices.Count; i++) WriteLine($"{labels[i].Key} - {choices[i].HelpMessage}");
                continue;
            }

            var chosen = labels.FindIndex(label => Same(label.Key, answer) || Same(label.Text, answer));
            if (chosen >= 0) return chosen;
        }
    }

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName) =>
        PromptForCredential(caption, message, userName, targetName, PSCredentialTypes.Default, PSCredentialUIOptions.Default);

    public override PSCredential PromptForCredential(string caption, string message, string userName, string targetName,
        PSCredentialTypes allowedCredentialTypes, PSCredentialUIOptions options)
    {
        input.Require("a user name and password are wanted.", "Give them as a parameter of type PSCredential.");
        WriteHeading(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            screen.Write("User: ");
            userName = input.ReadLine() ?? throw new PipelineStoppedException();
        }

        screen.Write($"Password for user {userName}: ");
        return new(userName, ShellInput.ReadSecret());
    }

    /// <summary>Formatting colours without asking: the host takes the colour out where nobody can see it.</summary>
    private string Rendered(string value) => GetOutputString(value, SupportsVirtualTerminal);

    private PSObject Ask(FieldDescription field)
    {
        var type = Type.GetType(field.ParameterAssemblyFullName) ?? typeof(string);
        if (type == typeof(PSCredential)) return new(PromptForCredential("", field.HelpMessage, "", ""));
        screen.Write($"{field.Name}: ");
        if (type == typeof(SecureString)) return new(ShellInput.ReadSecret());
        if (!type.IsArray && type != typeof(IList)) return new(input.ReadLine() ?? throw new PipelineStoppedException());
        var values = new List<string>();
        while (input.ReadLine() is { Length: > 0 } value)
        {
            values.Add(value);
            screen.Write($"{field.Name}[{values.Count}]: ");
        }

        return new(values.ToArray());
    }

    private void WriteHeading(string caption, string message)
    {
        if (!string.IsNullOrEmpty(caption)) WriteLine(caption);
        if (!string.IsNullOrEmpty(message)) WriteLine(message);
    }

    private void WriteMarked(string mark, string message) => screen.Write(mark + message + Environment.NewLine, Yellow);

    /// <summary>"&amp;Yes to All": the letter after the ampersand is the key.</summary>
    private static (string Key, string Text) Label(ChoiceDescription choice)
    {
        var at = choice.Label.IndexOf('&', StringComparison.Ordinal);
        var text = choice.Label.Replace("&", "", StringComparison.Ordinal);
        return (at >= 0 && at < text.Length ? text.Substring(at, 1).ToUpperInvariant() : text, text);
    }

    private static bool Same(string one, string two) => string.Equals(one, two, StringComparison.OrdinalIgnoreCase);

    /// <summary>The ANSI parameter for a console colour: both count eight hues, in different order.</summary>
    private static string? Sgr(ConsoleColor colour)
    {
        ReadOnlySpan<int> hues = [0, 4, 2, 6, 1, 5, 3, 7];
        var number = (int)colour;
        return number is < 0 or > 15 ? null : $"{(number > 7 ? 90 : 30) + hues[number % 8]}";
    }
}
