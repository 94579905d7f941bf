namespace EcsImages.Core.Contract;

/// <summary>Finds the fields of an operation by what people write.</summary>
internal static class FieldNames
{
    /// <summary>The field of a name, in any case; null if there is none.</summary>
    public static ApiField? Find(IReadOnlyList<ApiField> fields, string name) =>
        fields.FirstOrDefault(f => f.Name == name) ?? fields.FirstOrDefault(f => f.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>All parameters of an operation, those within others included.</summary>
    public static IEnumerable<ApiField> All(IEnumerable<ApiField> fields) => fields.SelectMany(static f => All(f.Fields).Prepend(f));

    /// <summary>The parameters that an unknown name may stand for, by their wire names: those beside it first, then those elsewhere.</summary>
    public static IReadOnlyList<string> Near(string name, ApiOperation operation, IReadOnlyList<ApiField> beside)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var here = NearestNames.Of(last, beside.Select(static f => f.Name)).Select(n => Wire(beside.First(f => f.Name == n)));
        var everywhere = All(operation.Request).ToArray();
        var elsewhere = NearestNames.Of(last, everywhere.Select(static f => f.Name).Distinct(StringComparer.Ordinal)).SelectMany(n => everywhere.Where(f => f.Name == n)).Select(Wire);
        return [.. here.Concat(elsewhere).Distinct(StringComparer.Ordinal).Take(3)];
    }

    /// <summary>The wire pattern, as Tag.N.Key.</summary>
    public static string Wire(ApiField field) => field.Wire?.TrimEnd('*', '.') ?? field.Name;
}
