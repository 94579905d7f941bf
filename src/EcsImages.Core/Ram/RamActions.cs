using System.Text.Json;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Ram;

/// <summary>What each action is checked on, read from Data/ram-actions.tsv; an action that is not there is checked on everything.</summary>
internal static class RamActions
{
    private const string Everything = "*";
    private const string NoPermission = "-";

    private static readonly Lazy<Dictionary<string, RamResource[]>> Table = new(Load);

    /// <summary>Whether a policy has to allow it.</summary>
    public static bool NeedsPermission(string action) => !(Table.Value.TryGetValue(action, out var resources) && resources.Length == 0);

    /// <summary>Whether this call of the action passes whatever the policy says.</summary>
    /// <remarks>Source: DescribeImages, "ImageOwnerAlias": for system and others no permission is needed.</remarks>
    public static bool IsFree(string action, IEnumerable<KeyValuePair<string, string>> parameters) =>
        !NeedsPermission(action)
        || (action == "ecs:DescribeImages" && parameters.Any(static p => p is { Key: "ImageOwnerAlias", Value: "system" or "others" }));

    /// <summary>The names of the resources that a call is checked on.</summary>
    /// <param name="action">Such as ecs:CopyImage.</param>
    /// <param name="parameters">The call's, as on the wire.</param>
    /// <param name="regionId">The region of the call.</param>
    /// <param name="accountId">The account of the caller; * where it is not known.</param>
    public static IReadOnlyList<string> ResourcesOf(string action, IReadOnlyCollection<KeyValuePair<string, string>> parameters, string regionId, string accountId)
    {
        if (!Table.Value.TryGetValue(action, out var resources)) return [Name(Product(action), Everything, accountId, Everything)];
        var names = new List<string>();
        foreach (var resource in resources)
        {
            if (resource.IsEverything)
            {
                names.Add(Name(Product(action), Everything, accountId, Everything));
                continue;
            }
            var ids = Values(resource.IdParameter, parameters);
            if (ids.Count == 0 && resource.IsOptional) continue;
            var region = resource.IsGlobal ? Everything : Values(resource.RegionParameter, parameters) is [var other, ..] ? other : regionId;
            var type = resource.TypeParameter is null ? resource.Type : Values(resource.TypeParameter, parameters) is [var given, ..] ? given.ToLowerInvariant() : Everything;
            names.AddRange((ids.Count == 0 ? [Everything] : ids)
                // A role is named in full, and its region is left out.
                .Select(id => id.StartsWith("acs:", StringComparison.Ordinal) ? id.Replace("::", ":*:", StringComparison.Ordinal)
                    : Name(resource.Product ?? Product(action), region, accountId, $"{type}/{id}")));
        }
        return [.. names.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The narrowest patterns that any call of the action in these regions and this account needs.</summary>
    public static IReadOnlyList<string> PatternsOf(string action, IReadOnlyList<string> regions, string? accountId)
    {
        // Names of buckets are one over all regions.
        if (OssActions.IsOne(action)) return [Name(Product(action), Everything, accountId ?? Everything, Everything)];
        if (!Table.Value.TryGetValue(action, out var resources) || resources.Any(static r => r.IsEverything)) return [Everything];
        return [.. (regions.Count == 0 ? [Everything] : regions)
            .SelectMany(region => resources.Select(r => Name(r.Product ?? Product(action), r.IsGlobal ? Everything : region, accountId ?? Everything, r.TypeParameter is null ? $"{r.Type}/*" : "*")))
            .Distinct(StringComparer.Ordinal)];
    }

    private static string Name(string product, string region, string account, string resource) => $"acs:{product}:{region}:{account}:{resource}";

    private static string Product(string action) => action.Split(':')[0];

    // Ids come one by one (ResourceId.1), with commas, or as a list in JSON.
    private static List<string> Values(string? parameter, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        if (parameter is null) return [];
        return [.. parameters.Where(p => p.Key == parameter || IsNumbered(p.Key, parameter)).SelectMany(static p => Split(p.Value)).Where(static v => v.Length > 0)];
    }

    private static bool IsNumbered(string name, string parameter) =>
        name.Length > parameter.Length + 1 && name[parameter.Length] == '.' && name.StartsWith(parameter, StringComparison.Ordinal)
        && name.AsSpan(parameter.Length + 1).IndexOfAnyExceptInRange('0', '9') < 0;

    private static string[] Split(string value)
    {
        if (!value.StartsWith('[')) return value.Split(',', StringSplitOptions.TrimEntries);
        try
        {
            using var json = JsonDocument.Parse(value);
            return [.. json.RootElement.EnumerateArray().Select(static i => i.ToString())];
        }
        // Whoever reads the call refuses it with a code of its own.
        catch (JsonException)
        {
            return [];
        }
    }

    private static Dictionary<string, RamResource[]> Load()
    {
        using var reader = new StreamReader(typeof(RamActions).Assembly.GetManifestResourceStream("ram-actions.tsv")!);
        var table = new Dictionary<string, RamResource[]>(StringComparer.OrdinalIgnoreCase);
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#') && line.Split('\t') is [var action, var resources, _])
                table.Add(action, resources == NoPermission ? [] : [.. resources.Split(' ').Select(RamResource.Parse)]);
        return table;
    }
}

/// <summary>One resource of an action, as the table has it: ?product:type/{Parameter}@{RegionParameter}.</summary>
internal sealed record RamResource(string? Product, string Type, string? TypeParameter, string? IdParameter, string? RegionParameter, bool IsGlobal, bool IsOptional)
{
    public bool IsEverything => Type == "*";

    public static RamResource Parse(string text)
    {
        var isOptional = text.StartsWith('?');
        var halves = text.TrimStart('?').Split('@');
        var product = halves[0].Split(':') is [var other, _] ? other : null;
        var path = halves[0].Split(':')[^1].Split('/');
        return new RamResource(product, path[0], Parameter(path[0]), path.Length > 1 ? Parameter(path[1]) : null,
            halves.Length > 1 ? Parameter(halves[1]) : null, halves[^1] == "*" && halves.Length > 1, isOptional);
    }

    private static string? Parameter(string text) => text.StartsWith('{') ? text.Trim('{', '}') : null;
}
