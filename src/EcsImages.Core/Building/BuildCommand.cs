namespace EcsImages.Core.Building;

/// <summary>One command of a build text.</summary>
/// <param name="Keyword">The keyword in upper case.</param>
/// <param name="Argument">What follows it, in one line: continuations are joined as they stand, comments between them are left out; empty where nothing follows.</param>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Column">The column of its keyword, from 1, in UTF-16 units.</param>
internal sealed record BuildCommand(string Keyword, string Argument, int Line, int Column)
{
    /// <summary>The names and values of ENV and LABEL, without their quotes.</summary>
    public IReadOnlyList<BuildPair> Pairs { get; init; } = [];

    /// <summary>What COPY copies: URLs or paths.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Where COPY copies to.</summary>
    public string? Destination { get; init; }

    /// <summary>The program and arguments of a CMD or ENTRYPOINT that is a JSON array; null in the shell form.</summary>
    public IReadOnlyList<string>? Exec { get; init; }

    /// <summary>What COMPONENT calls.</summary>
    public ComponentCall? Component { get; init; }

    /// <summary>What FROM names.</summary>
    public BaseImageReference? BaseImage { get; init; }

    /// <summary>The command in one line, as it can be read again.</summary>
    public override string ToString() => Argument.Length == 0 ? Keyword : $"{Keyword} {Argument}";
}

/// <summary>A name and its value, in ENV, LABEL or among the parameters of COMPONENT.</summary>
internal readonly record struct BuildPair(string Name, string Value);

/// <summary>The image that FROM names.</summary>
/// <param name="Type">IMAGE or IMAGE_FAMILY, as in BaseImageType.</param>
/// <param name="Name">An image id or the name of a family.</param>
internal sealed record BaseImageReference(string Type, string Name);
