using System.Globalization;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>A version of a component, or several: a part that is null stands for any number, as a * in a text.</summary>
internal sealed record ComponentVersion(int? Major, int? Minor, int? Patch)
{
    private const int MostDigits = 9;

    /// <summary>How many parts any number will do for.</summary>
    public int Stars => (Major is null ? 1 : 0) + (Minor is null ? 1 : 0) + (Patch is null ? 1 : 0);

    /// <summary>Reads major.minor.patch, each a number or *; null where the text is nothing like that.</summary>
    public static ComponentVersion? Parse(string text) =>
        text.Split('.') is [var major, var minor, var patch] && IsPart(major) && IsPart(minor) && IsPart(patch)
            ? new(Part(major), Part(minor), Part(patch)) : null;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Text(Major)}.{Text(Minor)}.{Text(Patch)}");

    // 01 would be another way to write 1, and versions are unique.
    private static bool IsPart(string part) => part is "*" or "0" || (part.Length is >= 1 and <= MostDigits && part[0] != '0' && part.All(char.IsAsciiDigit));

    private static int? Part(string part) => part == "*" ? null : int.Parse(part, CultureInfo.InvariantCulture);

    private static string Text(int? part) => part?.ToString(CultureInfo.InvariantCulture) ?? "*";
}
