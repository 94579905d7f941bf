namespace EcsImages.Core.Building;

/// <summary>One command while it is read: keyword, argument, and where problems go.</summary>
internal sealed class CommandLine
{
    private readonly JoinedLine _line;
    private readonly List<BuildProblem> _problems;

    public CommandLine(JoinedLine line, BuildContentUse use, List<BuildProblem> problems)
    {
        (_line, Use, _problems) = (line, use, problems);
        var end = 0;
        while (end < line.Text.Length && !SourceLine.IsBlank(line.Text[end])) end++;
        // The documentation writes keywords in upper case and says nothing of others; Dockerfiles, which it points to, take any case.
        (Word, Keyword) = (line.Text[..end], line.Text[..end].ToUpperInvariant());
        while (end < line.Text.Length && SourceLine.IsBlank(line.Text[end])) end++;
        From = end;
    }

    public BuildContentUse Use { get; }

    /// <summary>The keyword as it is written.</summary>
    public string Word { get; }

    /// <summary>The keyword in upper case.</summary>
    public string Keyword { get; }

    /// <summary>The whole command.</summary>
    public string Text => _line.Text;

    /// <summary>Where the argument begins in <see cref="Text"/>; its length where there is none.</summary>
    public int From { get; }

    public string Argument => Text[From..];

    public BuildPosition Position => _line.PositionAt(0);

    /// <summary>The backslash that ends the text, if it does.</summary>
    public BuildPosition? Unfinished => _line.Unfinished;

    /// <summary>A problem at a character of the command.</summary>
    public void Report(int at, string code, string message, string remedy) => Report(_line.PositionAt(at), code, message, remedy);

    public void Report(BuildPosition at, string code, string message, string remedy) =>
        _problems.Add(new BuildProblem(at.Line, at.Column, code, message, remedy));

    /// <summary>The argument cannot be read, from this character on.</summary>
    public void Invalid(int at, string message, string remedy) => Report(at, BuildCodes.Invalid(Keyword, Use), message, remedy);
}
