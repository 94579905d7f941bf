using System.Globalization;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The parts of a family's name: ecs.g8i is of kind g, generation 8, variant i.</summary>
internal readonly record struct InstanceTypeFamily(string Kind, int? Generation, string Variant)
{
    public bool IsBareMetal => Kind.StartsWith("ebm", StringComparison.Ordinal);

    public static InstanceTypeFamily Parse(string? family)
    {
        var name = Bare(family);
        var digit = name.IndexOfAnyInRange('0', '9');
        if (digit < 0) return new(name.ToString(), null, "");
        var rest = name[digit..];
        var end = rest.IndexOfAnyExceptInRange('0', '9') is >= 0 and var at ? at : rest.Length;
        return new(name[..digit].ToString(), int.TryParse(rest[..end], NumberStyles.None, CultureInfo.InvariantCulture, out var generation) ? generation : null, rest[end..].ToString());
    }

    /// <summary>The generation alone, which makes no text.</summary>
    public static int? GenerationOf(string? family) => SystemVersion.Of(Bare(family)) is { } version ? version.Major : null;

    private static ReadOnlySpan<char> Bare(string? family) => family.AsSpan(family?.StartsWith("ecs.", StringComparison.Ordinal) is true ? 4 : 0);
}
