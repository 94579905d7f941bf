namespace EcsImages.Core.Contract;

/// <summary>One operation of the API.</summary>
/// <param name="Name">Such as CopyImage.</param>
/// <param name="Request">Its parameters.</param>
/// <param name="Response">The fields of its reply.</param>
/// <param name="Errors">The codes that its error table lists, each with its HTTP status.</param>
public sealed record ApiOperation(
    string Name, IReadOnlyList<ApiField> Request, IReadOnlyList<ApiField> Response, IReadOnlyList<ApiError> Errors)
{
    /// <summary>What the documentation adds about it.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>One code of an operation's error table.</summary>
/// <param name="Code">As the service spells it, misspellings included.</param>
/// <param name="HttpStatus">The status that it comes with.</param>
public sealed record ApiError(string Code, int HttpStatus);

/// <summary>A parameter of a request, or a field of a reply.</summary>
public sealed record ApiField
{
    /// <summary>Its own name, without those of what it stands in.</summary>
    public required string Name { get; init; }

    /// <summary>string, boolean, int32, int64, float, double, struct, array or map.</summary>
    public required string Type { get; init; }

    /// <summary>For an array, the type of its items.</summary>
    public string? ItemType { get; init; }

    /// <summary>The wire pattern of a parameter, such as Tag.N.Key; N counts from 1.</summary>
    public string? Wire { get; init; }

    /// <summary>Whether a request without it is refused.</summary>
    public bool Required { get; init; }

    /// <summary>"json" when the whole value travels as one JSON string.</summary>
    public string? Style { get; init; }

    /// <summary>For a text that takes more than one plain value: "json" when it is a JSON list or document, "comma" when it is a comma list.</summary>
    public string? Holds { get; init; }

    /// <summary>A value that the documentation shows.</summary>
    public string? Example { get; init; }

    /// <summary>What the documentation adds about it.</summary>
    public string? Note { get; init; }

    /// <summary>Smallest and largest number; either may be open.</summary>
    public ApiBounds? Range { get; init; }

    /// <summary>Fewest and most characters; either may be open.</summary>
    public ApiBounds? Length { get; init; }

    /// <summary>Most items of an array.</summary>
    public int? MaxItems { get; init; }

    /// <summary>Values known from the documentation; not a closed set.</summary>
    public IReadOnlyList<string> KnownValues { get; init; } = [];

    /// <summary>What the service takes when it is absent.</summary>
    public string? Default { get; init; }

    /// <summary>The fields of a struct, or of the items of an array of structs.</summary>
    public IReadOnlyList<ApiField> Fields { get; init; } = [];
}

/// <summary>Bounds of a number or a length; null is open.</summary>
public sealed record ApiBounds(decimal? Least, decimal? Most)
{
    /// <summary>Whether the value lies within.</summary>
    public bool Contains(decimal value) => (Least is null || value >= Least) && (Most is null || value <= Most);
}
