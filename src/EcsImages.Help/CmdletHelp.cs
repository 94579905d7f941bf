namespace EcsImages.Help;

/// <summary>All that is said about one cmdlet, whatever it is rendered as.</summary>
internal sealed record CmdletHelp
{
    public required string Name { get; init; }

    /// <summary>The first sentence of the description.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The paragraphs.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    public required IReadOnlyList<SyntaxHelp> Syntaxes { get; init; }

    /// <summary>Each parameter once, in the order of the syntax.</summary>
    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    public required IReadOnlyList<TypeHelp> Inputs { get; init; }

    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    /// <summary>The paragraphs; the first says which API operations it may call.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    public string Verb => Name[..Name.IndexOf('-', StringComparison.Ordinal)];

    public string Noun => Name[(Name.IndexOf('-', StringComparison.Ordinal) + 1)..];
}

/// <summary>One parameter set.</summary>
internal sealed record SyntaxHelp(string Name, bool IsDefault, IReadOnlyList<ParameterHelp> Parameters);

/// <summary>A parameter, in one set or in all of them.</summary>
internal sealed record ParameterHelp
{
    public required string Name { get; init; }

    public required Type Type { get; init; }

    public required string Description { get; init; }

    public required IReadOnlyList<string> Aliases { get; init; }

    public required bool Required { get; init; }

    /// <summary>Null if it has to be named.</summary>
    public required int? Position { get; init; }

    public required bool ByValue { get; init; }

    public required bool ByPropertyName { get; init; }

    /// <summary>What it is without being given; null if nothing.</summary>
    public required string? Default { get; init; }

    public required bool Wildcards { get; init; }

    public bool IsSwitch => Type == typeof(System.Management.Automation.SwitchParameter);

    public string PipelineInput => (ByValue, ByPropertyName) switch
    {
        (true, true) => "True (ByValue, ByPropertyName)",
        (true, false) => "True (ByValue)",
        (false, true) => "True (ByPropertyName)",
        _ => "False",
    };

    public string PositionText => Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "Named";

    public string DefaultText => Default ?? (IsSwitch ? "False" : "None");

    public string TypeName => (Nullable.GetUnderlyingType(Type) ?? Type).Name;

    /// <summary>The values of an enumeration; none for other types.</summary>
    public IReadOnlyList<string> Values =>
        (Type.GetElementType() ?? Nullable.GetUnderlyingType(Type) ?? Type) is { IsEnum: true } values ? Enum.GetNames(values) : [];
}

/// <summary>What comes down the pipeline, or goes on.</summary>
internal sealed record TypeHelp(string Name, string Description);

/// <summary>Code, and what it does.</summary>
internal sealed record ExampleHelp(string Code, IReadOnlyList<string> Remarks);
