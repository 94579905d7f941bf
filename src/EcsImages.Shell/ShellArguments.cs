namespace EcsImages.Shell;

/// <summary>What is to be run: a prompt, a script file, a text, or what standard input holds.</summary>
internal enum ShellTask
{
    Prompt,
    File,
    Command,
    StandardInput,
    Version,
    Help,
}

/// <summary>The command line cannot be understood; the message says which part.</summary>
internal sealed class ShellArgumentException(string message) : Exception(message);

/// <summary>The command line, understood as pwsh understands it.</summary>
internal sealed record ShellArguments(ShellTask Task, string Text, IReadOnlyList<string> Rest, bool NonInteractive, bool NoLogo)
{
    /// <exception cref="ShellArgumentException">A switch is unknown, or lacks its value.</exception>
    public static ShellArguments Parse(IReadOnlyList<string> arguments)
    {
        var (nonInteractive, noLogo) = (false, false);
        ShellArguments Run(ShellTask task, string text = "", params IEnumerable<string> rest) =>
            new(task, text, [.. rest], nonInteractive, noLogo);
        for (var i = 0; i < arguments.Count; i++)
        {
            var argument = arguments[i];
            if (argument is "-" || !argument.StartsWith('-'))
            {
                return argument is "-" ? Run(ShellTask.StandardInput) : Run(ShellTask.File, argument, arguments.Skip(i + 1));
            }

            switch (argument.TrimStart('-').ToUpperInvariant())
            {
                case "FILE" or "F":
                    var file = Value(arguments, i);
                    return file is "-" ? Run(ShellTask.StandardInput) : Run(ShellTask.File, file, arguments.Skip(i + 2));
                case "COMMAND" or "C":
                    // As in pwsh, all that follows is the command.
                    var command = string.Join(' ', [Value(arguments, i), .. arguments.Skip(i + 2)]);
                    return command is "-" ? Run(ShellTask.StandardInput) : Run(ShellTask.Command, command);
                case "NOPROFILE" or "NOP": break;  // there is no profile to skip
                case "NONINTERACTIVE" or "NONI": nonInteractive = true; break;
                case "NOLOGO" or "NOL": noLogo = true; break;
                case "VERSION" or "V": return Run(ShellTask.Version);
                case "HELP" or "H" or "?": return Run(ShellTask.Help);
                default: throw new ShellArgumentException($"'{argument}' is not a switch of this shell; -Help lists them.");
            }
        }

        return Run(ShellTask.Prompt);
    }

    private static string Value(IReadOnlyList<string> arguments, int at) =>
        at + 1 < arguments.Count ? arguments[at + 1]
        : throw new ShellArgumentException($"'{arguments[at]}' needs a value after it; -Help shows how.");
}
