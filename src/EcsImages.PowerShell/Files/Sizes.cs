using System.Globalization;

namespace EcsImages.PowerShell.Files;

/// <summary>Numbers of bytes as people read them.</summary>
internal static class Sizes
{
    private static readonly string[] Units = ["bytes", "KiB", "MiB", "GiB", "TiB"];

    /// <summary>Such as 1.5 GiB, in the unit that leaves the fewest digits.</summary>
    public static string Text(long bytes)
    {
        var (number, unit) = ((double)bytes, 0);
        for (; number >= 1024 && unit < Units.Length - 1; unit++) number /= 1024;
        return string.Create(CultureInfo.InvariantCulture, $"{number:0.#} {Units[unit]}");
    }
}
