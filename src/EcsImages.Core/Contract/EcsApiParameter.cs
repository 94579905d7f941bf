namespace EcsImages.Core.Contract;

/// <summary>A parameter of an operation of the API, as the contract describes it.</summary>
public sealed record EcsApiParameter
{
    /// <summary>The operation, such as CopyImage.</summary>
    public required string Operation { get; init; }

    /// <summary>The wire name; N counts from 1, as in Tag.N.Key.</summary>
    public required string Name { get; init; }

    /// <summary>string, boolean, int32, int64, float, struct, map, or a list of one of them, such as string[].</summary>
    public required string Type { get; init; }

    /// <summary>Whether the operation needs it.</summary>
    public bool Required { get; init; }

    /// <summary>The bounds of a number, the length of a text, or the most items of a list.</summary>
    public string? Limits { get; init; }

    /// <summary>What the service takes when it is not given.</summary>
    public string? Default { get; init; }

    /// <summary>Values known from the documentation; the service may take others.</summary>
    public IReadOnlyList<string> KnownValues { get; init; } = [];

    /// <summary>A value that the documentation shows.</summary>
    public string? Example { get; init; }

    /// <summary>What the documentation adds about it.</summary>
    public string? Note { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>The parameters of an operation, those within others included; what is needed comes first.</summary>
    internal static IEnumerable<EcsApiParameter> Of(ApiOperation operation) =>
        operation.Request.OrderBy(static f => !f.Required).SelectMany(f => FieldNames.All([f])).Select(f => new EcsApiParameter
        {
            Operation = operation.Name,
            Name = FieldNames.Wire(f),
            Type = f.Type == "array" ? $"{f.ItemType}[]" : f.Type,
            Required = f.Required,
            Limits = f.Range is { } range ? WireValue.Bounds(range) : f.Length is { } length ? $"{WireValue.Bounds(length)} characters"
                : f.MaxItems is { } most ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at most {most} items") : null,
            Default = f.Default,
            KnownValues = f.KnownValues,
            Example = f.Example,
            Note = f.Note,
        });
}
