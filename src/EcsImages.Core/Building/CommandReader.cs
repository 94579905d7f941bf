namespace EcsImages.Core.Building;

/// <summary>Reads one command: its keyword, and the argument as the keyword asks for it.</summary>
internal static class CommandReader
{
    /// <summary>The command; null where there is none of that name. What is wrong has been reported.</summary>
    public static BuildCommand? Read(CommandLine line)
    {
        if (line.Word.Length == 0)
        {
            line.Report(line.Position, BuildCodes.Malformed(line.Use), "The text ends in \\ without a command.", "Leave it out.");
            return null;
        }
        if (!BuildKeywords.All.Contains(line.Keyword))
        {
            line.Report(line.Position, BuildCodes.Unknown, $"There is no command {Shown.Of(line.Word)}.", BuildKeywords.RemedyFor(line.Word, line.Use));
            return null;
        }
        var command = new BuildCommand(line.Keyword, line.Argument, line.Position.Line, line.Position.Column);
        if (IsBanned(line)) return command;
        if (line.Unfinished is { } backslash)
            line.Report(backslash, BuildCodes.Invalid(line.Keyword, line.Use), $"The text ends in \\ and {line.Keyword} does not go on.", "Leave \\ out after the last line of a command.");
        if (line.Keyword == BuildKeywords.Restart) return Restart(line, command);
        if (line.From < line.Text.Length) return Argument(line, command);
        line.Report(line.Position, BuildCodes.Empty(line.Keyword, line.Use), $"Nothing follows {line.Keyword}.", Examples[line.Keyword]);
        return command;
    }

    private static readonly Dictionary<string, string> Examples = new(StringComparer.Ordinal)
    {
        [BuildKeywords.Run] = "Write RUN and a command of the shell.",
        [BuildKeywords.Copy] = "Write COPY source destination.",
        [BuildKeywords.Env] = "Write ENV name=\"value\".",
        [BuildKeywords.Label] = "Write LABEL name=\"value\".",
        [BuildKeywords.WorkDir] = "Write WORKDIR and a directory.",
        [BuildKeywords.User] = "Write USER and the name of a user that the system has.",
        [BuildKeywords.Cmd] = "Write CMD [\"program\", \"argument\"] or CMD and a command of the shell.",
        [BuildKeywords.EntryPoint] = "Write ENTRYPOINT [\"program\", \"argument\"] or ENTRYPOINT and a command of the shell.",
        [BuildKeywords.Component] = "Write COMPONENT and the id of a component.",
        [BuildKeywords.From] = "Write FROM IMAGE:<image id> or FROM IMAGE_FAMILY:<family>, or leave it out: the pipeline names its base image.",
    };

    private static BuildCommand Restart(CommandLine line, BuildCommand command)
    {
        if (line.From < line.Text.Length)
            line.Report(line.From, BuildCodes.RestartNotEmpty, $"{Shown.Of(line.Argument)} follows RESTART, which takes nothing.", "End the line after RESTART; a comment needs a line of its own.");
        return command;
    }

    private static bool IsBanned(CommandLine line)
    {
        switch (line.Keyword, line.Use)
        {
            case (BuildKeywords.Component, BuildContentUse.Component):
                line.Report(line.Position, BuildCodes.ComponentInComponent, "A component cannot call components.", "Call it from the template.");
                return true;
            case (BuildKeywords.From, BuildContentUse.Component):
                line.Report(line.Position, BuildCodes.FromInComponent, "A component has no FROM.", "Leave it out: the pipeline names the base image.");
                return true;
            case (BuildKeywords.From, BuildContentUse.Test):
                line.Report(line.Position, BuildCodes.Unknown, "A test has no FROM.", "Leave it out: tests run on an instance of the image that was built.");
                return true;
            default: return false;
        }
    }

    private static BuildCommand Argument(CommandLine line, BuildCommand command)
    {
        switch (line.Keyword)
        {
            case BuildKeywords.Env or BuildKeywords.Label: return command with { Pairs = PairReader.Read(line) };
            case BuildKeywords.Copy: return CopyReader.Read(line, command);
            case BuildKeywords.Cmd or BuildKeywords.EntryPoint:
                return ExecReader.IsArray(line) ? command with { Exec = ExecReader.Read(line)?.ConvertAll(static w => w.Text) } : command;
            case BuildKeywords.Component: return command with { Component = ComponentCallReader.Read(line) };
            case BuildKeywords.From: return command with { BaseImage = FromReader.Read(line) };
            case BuildKeywords.User: Single(line, "Write USER and one name."); return command;
            case BuildKeywords.WorkDir: Single(line, "Write WORKDIR and one directory, with quotes around it if it has blanks."); return command;
            default: return command;
        }
    }

    private static void Single(CommandLine line, string remedy)
    {
        if (BuildWords.Of(line) is [_, var second, ..]) line.Invalid(second.At, $"{Shown.Of(second.Text)} is one word too many.", remedy);
    }
}
