using System.Text.Json;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Families that leave certain systems out, or about which nobody can tell.</summary>
internal sealed record FamilyExclusion
{
    private static readonly (int, int) Any = (int.MaxValue, 0);

    public IReadOnlyList<string> Families { get; private init; } = [];

    public int? FromGeneration { get; private init; }

    /// <summary>Platforms, and the version from which on one is welcome.</summary>
    public IReadOnlyList<(string Platform, (int, int) Below)> Systems { get; private init; } = [];

    public EcsCompatibilitySeverity Severity { get; private init; }

    public string Why { get; private init; } = "";

    /// <summary>The documentation leaves the answer open.</summary>
    public bool IsOpen { get; private init; }

    public static FamilyExclusion Read(JsonElement json) => new()
    {
        Families = FamilyRestrictions.Texts(json, "families"),
        FromGeneration = json.TryGetProperty("fromGeneration", out var generation) ? generation.GetInt32() : null,
        Systems = [.. json.GetProperty("systems").EnumerateArray().Select(static s => (s.GetProperty("platform").GetString()!, SystemVersion.Of(s.GetProperty("below").GetString()).GetValueOrDefault()))],
        Severity = Enum.Parse<EcsCompatibilitySeverity>(json.GetProperty("severity").GetString()!),
        Why = json.GetProperty("why").GetString()!,
    };

    public static FamilyExclusion ReadCertified(JsonElement json) => new()
    {
        Families = ["*"],
        Systems = [(json.GetProperty("platform").GetString()!, Any)],
        Severity = EcsCompatibilitySeverity.Informs,
        Why = json.GetProperty("why").GetString()!,
        IsOpen = true,
    };

    public EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type)
    {
        if (!FamilyRestrictions.Matches(Families, type.Family) && !(InstanceTypeFamily.GenerationOf(type.Family) >= FromGeneration)) return Passed;
        foreach (var (platform, below) in Systems)
        {
            if (platform != image.Platform) continue;
            if (IsOpen || SystemVersion.Of(image.OSName) is not { } version) return Unknown;
            if (version.CompareTo(below) < 0) return Violated;
        }
        return Passed;
    }
}
