using System.Collections.Concurrent;
using System.Globalization;
using EcsImages.Core.Contract;
using EcsImages.Local.Catalog;

namespace EcsImages.Local.Dispatch;

/// <summary>Holds a request to the contract before any operation sees it.</summary>
internal static class RequestChecker
{
    // What the protocol itself adds, in either generation of it.
    private static readonly HashSet<string> Protocol = new(StringComparer.Ordinal)
    {
        "Action", "Version", "Format", "Timestamp", "AccessKeyId", "Signature", "SignatureMethod", "SignatureVersion",
        "SignatureNonce", "SignatureType", "SecurityToken", "RegionId",
    };

    // The code for a region that is not there; some tables have another in its place.
    private const string UnknownRegion = "InvalidRegionId.NotFound";

    private static readonly string[] OtherUnknownRegions = ["SourceRegion.NotFound", "InvalidRegion.NotExist", "InvalidRegion.NotFound", "Forbidden.RegionNotFound"];

    /// <summary>The parameters that belong to the operation, once they all pass.</summary>
    public static IReadOnlyDictionary<string, string> Check(
        ApiContract contract, ApiOperation operation, IOperation implementation, Dictionary<string, string> sent)
    {
        var kept = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, value) in sent)
        {
            if (ParameterName.Find(operation, name) is { } found)
            {
                if (value.Length > 0) CheckValue(found.Field, found.Pattern, name, value, implementation);
                kept[found.Name] = value;
            }
            else if (!Protocol.Contains(name) && !contract.HiddenParameters.Contains(name))
            {
                throw Error.Invalid(name, $"{operation.Name} has no such parameter; names are case-sensitive.");
            }
        }
        CheckRegion(operation, kept);
        foreach (var field in operation.Request) CheckPresence(operation, implementation, field, "", "", kept);
        return kept;
    }

    private static void CheckValue(ApiField field, string pattern, string name, string value, IOperation implementation)
    {
        decimal? number = null;
        switch (field.Type == "array" ? field.ItemType : field.Type)
        {
            case "boolean" when !bool.TryParse(value, out _):
                throw Error.Invalid(name, $"{value} is neither true nor false.");
            case "int32":
                number = int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? whole
                    : throw Error.Invalid(name, $"{value} is not a whole number of 32 bits.");
                break;
            case "int64":
                number = long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var large) ? large
                    : throw Error.Invalid(name, $"{value} is not a whole number of 64 bits.");
                break;
            case "float" or "double":
                number = decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? fraction
                    : throw Error.Invalid(name, $"{value} is not a number.");
                break;
        }
        if (implementation.JudgedHere.Contains(pattern)) return;
        if (number is { } n && field.Range is { } range && !range.Contains(n))
            throw Error.Invalid(name, $"{value} is not from {range.Least?.ToString(CultureInfo.InvariantCulture)} to {range.Most?.ToString(CultureInfo.InvariantCulture)}.");
        if (field.Length is { } length && !length.Contains(value.Length))
            throw Error.Invalid(name, $"it has {value.Length} characters; allowed are {length.Least ?? 0} to {length.Most?.ToString(CultureInfo.InvariantCulture) ?? "any number"}.");
    }

    private static void CheckRegion(ApiOperation operation, Dictionary<string, string> kept)
    {
        if (operation.Request.Any(static f => f.Name == "RegionId") && kept.GetValueOrDefault("RegionId") is { Length: > 0 } region
            && !Regions.IsOpen(region))
            throw Error.Of(Listed(operation, [UnknownRegion, .. OtherUnknownRegions]) ?? UnknownRegion, region);
    }

    private static void CheckPresence(
        ApiOperation operation, IOperation implementation, ApiField field, string prefix, string pattern, Dictionary<string, string> kept)
    {
        var name = prefix + field.Name;
        var own = pattern + field.Name + (field.Type == "array" && field.Style != "json" ? ".N" : "");
        var judged = implementation.JudgedHere.Contains(own) || implementation.JudgedHere.Contains(pattern + field.Name);
        var isLeaf = field.Style == "json" || field.Type is not ("array" or "struct");
        var given = isLeaf ? kept.GetValueOrDefault(name) is { Length: > 0 } : kept.Keys.Any(k => k.StartsWith(name + ".", StringComparison.Ordinal));
        if (!given)
        {
            if (field.Required && !judged) throw Missing(operation, name);
            return;
        }
        if (isLeaf) return;
        if (field.Type == "struct")
        {
            foreach (var inner in field.Fields) CheckPresence(operation, implementation, inner, name + ".", own + ".", kept);
            return;
        }
        var indexes = kept.Keys.Where(k => k.StartsWith(name + ".", StringComparison.Ordinal))
            .Select(k => k[(name.Length + 1)..].Split('.')[0]).Distinct().ToArray();
        if (field.MaxItems is { } most && indexes.Length > most && !judged)
            throw Error.Invalid(name, $"there are {indexes.Length} items; at most {most} are allowed.");
        if (field.ItemType != "struct") return;
        foreach (var index in indexes)
            foreach (var inner in field.Fields) CheckPresence(operation, implementation, inner, $"{name}.{index}.", own + ".", kept);
    }

    // Some tables have a code for each parameter, in singular or plural or misspelt, as the service has it; most have the plain one.
    private static EndpointError Missing(ApiOperation operation, string name)
    {
        var plain = Error.Missing(name);
        return Listed(operation, [$"MissingParameter.{name}", $"MissingParameter.{name}s", $"MissingParamter.{name}"]) is { } code ? new EndpointError(code, plain.Message) : plain;
    }

    // The first of the codes that is in the operation's error table.
    private static string? Listed(ApiOperation operation, string[] codes) => codes.FirstOrDefault(c => operation.Errors.Any(e => e.Code == c));
}

/// <summary>Finds the field of the contract that a wire name such as Tag.2.Key stands for.</summary>
internal static class ParameterName
{
    private static readonly ConcurrentDictionary<ApiOperation, Dictionary<string, ApiField>> Tops = new(ReferenceEqualityComparer.Instance);

    /// <summary>The field, the name with its spelling settled, and its pattern, as Tag.N.Key; null if there is none.</summary>
    public static (ApiField Field, string Name, string Pattern)? Find(ApiOperation operation, string wire)
    {
        var top = Tops.GetOrAdd(operation, static o => o.Request.ToDictionary(static f => f.Name, StringComparer.Ordinal));
        var parts = wire.Split('.');
        if (!top.TryGetValue(parts[0], out var field)) return null;
        var pattern = field.Name;
        for (var i = 1; ;)
        {
            var nested = field.Type is "array" or "struct" && field.Style != "json";
            if (!nested) return i == parts.Length ? (field, string.Join('.', parts), pattern) : null;
            if (field.Type == "array")
            {
                if (i == parts.Length || !IsIndex(parts[i])) return null;
                i++;
                pattern += ".N";
                if (field.ItemType != "struct") return i == parts.Length ? (field, string.Join('.', parts), pattern) : null;
            }
            if (i == parts.Length || Inner(field, parts[i]) is not { } inner) return null;
            parts[i++] = inner.Name;
            pattern += "." + inner.Name;
            field = inner;
        }
    }

    // Tags are also taken in lower case, as older clients send them.
    private static ApiField? Inner(ApiField field, string name) => field.Fields.FirstOrDefault(f =>
        f.Name == name || (field.Name == "Tag" && ((f.Name == "Key" && name == "key") || (f.Name == "Value" && name == "value"))));

    private static bool IsIndex(string text) =>
        text.Length is >= 1 and <= 9 && text[0] is >= '1' and <= '9' && text.All(char.IsAsciiDigit);
}
