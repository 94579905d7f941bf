using System.Text.Json;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Which images want certain families, and which families do not want certain systems; read from Images/Data/instance-families.json.</summary>
internal static class FamilyRestrictions
{
    private static readonly Lazy<(FamilyDemand[] Demands, FamilyExclusion[] Exclusions)> Data = new(static () =>
    {
        using var stream = typeof(FamilyRestrictions).Assembly.GetManifestResourceStream("images/instance-families.json")!;
        using var json = JsonDocument.Parse(stream);
        var root = json.RootElement;
        return ([.. root.GetProperty("demands").EnumerateArray().Select(FamilyDemand.Read)],
            [.. root.GetProperty("exclusions").EnumerateArray().Select(FamilyExclusion.Read), .. root.GetProperty("certified").EnumerateArray().Select(FamilyExclusion.ReadCertified)]);
    });

    /// <summary>The families that the image wants; null if it is of no such sort.</summary>
    public static FamilyDemand? DemandOf(in ImageTraits image)
    {
        foreach (var demand in Data.Value.Demands)
            if (demand.IsOf(image)) return demand;
        return null;
    }

    /// <summary>What speaks against the image on the type's family, the strongest first; null if nothing does.</summary>
    public static FamilyExclusion? ExclusionOf(in ImageTraits image, in TypeTraits type)
    {
        foreach (var exclusion in Data.Value.Exclusions)
            if (exclusion.Find(image, type) is not EcsCompatibilityFinding.Passed) return exclusion;
        return null;
    }

    /// <summary>Whether a family is one of these; a star at the end stands for the rest.</summary>
    public static bool Matches(IReadOnlyList<string> patterns, string? family)
    {
        if (family is null) return false;
        foreach (var pattern in patterns)
            if (pattern.EndsWith('*') ? family.AsSpan().StartsWith(pattern.AsSpan(0, pattern.Length - 1), StringComparison.Ordinal) : pattern == family) return true;
        return false;
    }

    public static string[] Texts(JsonElement json, string name) => json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(static t => t.GetString()!)] : [];
}
