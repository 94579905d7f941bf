using System.Text;

namespace EcsImages.Core.Building;

/// <summary>Reads Image Builder's build language: a Dockerfile's form with commands of its own, or the YAML form of components.</summary>
/// <remarks>Source: the documentation page of Image Builder's commands (2024-12), and the error tables of CreateImagePipeline and CreateImageComponent.</remarks>
internal static class BuildContentReader
{
    /// <summary>The largest text, in bytes of UTF-8.</summary>
    public const int MostBytes = 16 * 1024;

    /// <summary>The most commands of a text.</summary>
    /// <remarks>Older documentation, and the page of components, say so; the newest text of CreateImagePipeline is silent.</remarks>
    public const int MostCommands = 127;

    /// <summary>Reads a text whole, whatever it is: what is wrong is among the problems of the answer, and nothing is thrown for it.</summary>
    public static BuildContent Read(string text, BuildContentUse use)
    {
        ArgumentNullException.ThrowIfNull(text);
        List<BuildProblem> problems = [];
        CheckSize(text, use, problems);
        if (YamlForm.Is(text)) return new BuildContent([], problems, IsYaml: true);

        TextCharacters.Check(text, use, problems);
        var commands = ReadCommands(text, use, problems);
        return new BuildContent(commands, [.. problems.OrderBy(static p => p.Line).ThenBy(static p => p.Column)], IsYaml: false);
    }

    private static List<BuildCommand> ReadCommands(string text, BuildContentUse use, List<BuildProblem> problems)
    {
        List<BuildCommand> commands = [];
        var (count, hasFrom) = (0, false);
        foreach (var joined in JoinedLine.Of(text))
        {
            var line = new CommandLine(joined, use, problems);
            if (++count == MostCommands + 1)
                line.Report(line.Position, BuildCodes.TooMany, $"This is command {count}; a text may have {MostCommands}.", "Join RUN commands with && or move some into components.");
            if (CommandReader.Read(line) is not { } command) continue;
            commands.Add(command);
            if (command.Keyword != BuildKeywords.From || use != BuildContentUse.Template) continue;
            if (hasFrom) line.Report(line.Position, BuildCodes.FromTwice, "FROM stands here a second time.", "Leave it out: an image has one base.");
            else if (count > 1) line.Report(line.Position, BuildCodes.FromOrder, "FROM comes after another command.", "Write it first, or leave it out: the pipeline names its base image.");
            hasFrom = true;
        }
        if (count == 0 && use == BuildContentUse.Component)
            problems.Add(new BuildProblem(1, 1, BuildCodes.NoContent, "The text has no command.", "Write one at least, such as RUN."));
        return commands;
    }

    // The problem stands where the limit is passed, so that one sees how much is too much.
    private static void CheckSize(string text, BuildContentUse use, List<BuildProblem> problems)
    {
        var size = Encoding.UTF8.GetByteCount(text);
        if (size <= MostBytes) return;
        var (bytes, counted) = (0, 0);
        foreach (var line in SourceLines.Of(text))
        {
            bytes += Encoding.UTF8.GetByteCount(text.AsSpan(counted, line.Next - counted));
            counted = line.Next;
            if (bytes <= MostBytes) continue;
            problems.Add(new BuildProblem(line.Number, 1, BuildCodes.TooLong(use), $"The text has {size} bytes, and passes the limit of {MostBytes} in this line.",
                "Move parts into components or into scripts that COPY fetches."));
            return;
        }
    }
}
