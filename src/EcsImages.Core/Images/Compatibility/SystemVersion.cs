using System.Globalization;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The version in the name of a system: "Ubuntu 18.04 64 bit" is 18.4, "Windows Server 2019" is 2019.0.</summary>
internal static class SystemVersion
{
    /// <summary>Null if there is no number in the name.</summary>
    public static (int Major, int Minor)? Of(ReadOnlySpan<char> name)
    {
        var start = name.IndexOfAnyInRange('0', '9');
        if (start < 0) return null;
        name = name[start..];
        if (Number(ref name) is not { } major) return null;
        return (major, name is ['.', >= '0' and <= '9', ..] && Next(name) is { } minor ? minor : 0);
    }

    private static int? Next(ReadOnlySpan<char> rest)
    {
        rest = rest[1..];
        return Number(ref rest);
    }

    private static int? Number(ref ReadOnlySpan<char> text)
    {
        var length = text.IndexOfAnyExceptInRange('0', '9') is >= 0 and var end ? end : text.Length;
        var digits = text[..length];
        text = text[length..];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
