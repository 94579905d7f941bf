using System.Globalization;

namespace EcsImages.Local.Oss.Objects;

/// <summary>Which bytes of an object are asked for.</summary>
/// <param name="Start">The first byte.</param>
/// <param name="Length">In bytes.</param>
/// <param name="IsPartial">Whether the answer is 206.</param>
internal readonly record struct ContentRange(long Start, long Length, bool IsPartial)
{
    private const string Unit = "bytes=";

    /// <summary>As Range says. A range that is none, or not all within the object, is ignored, unless the standard's behaviour is asked for.</summary>
    /// <remarks>Source: the help page on getting resources in segments, which gives 1,000 bytes and 500-2000 as an example.</remarks>
    /// <exception cref="OssError">Standard behaviour, and nothing of it is in the object.</exception>
    public static ContentRange Of(OssRequest request, long size)
    {
        var whole = new ContentRange(0, size, false);
        if (request.Header("range") is not { } text) return whole;
        var isStandard = string.Equals(request.Header("x-oss-range-behavior"), "standard", StringComparison.OrdinalIgnoreCase);
        if (!TryParse(text.Trim(), out var first, out var last)) return whole;
        var (start, end) = first is null ? (size - last!.Value, size - 1) : (first.Value, last ?? size - 1);
        if (isStandard)
        {
            (start, end) = (Math.Max(0, start), Math.Min(end, size - 1));
            if (start > end) throw OssError.Of("InvalidRange", ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)), ("RangeHeader", text));
        }
        return start < 0 || start > end || end >= size ? whole : new(start, end - start + 1, true);
    }

    /// <summary>As x-oss-copy-source-range says, which must lie within the object.</summary>
    public static ContentRange OfCopy(string? text, long size)
    {
        if (string.IsNullOrEmpty(text)) return new(0, size, false);
        if (!TryParse(text.Trim(), out var first, out var last)) throw OssError.Argument("x-oss-copy-source-range", text);
        var (start, end) = first is null ? (size - last!.Value, size - 1) : (first.Value, last ?? size - 1);
        return start >= 0 && start <= end && end < size ? new(start, end - start + 1, true)
            : throw OssError.Of("InvalidRange", ("ActualObjectSize", size.ToString(CultureInfo.InvariantCulture)), ("RangeHeader", text));
    }

    /// <summary>first-last, first-, or -count; one of them only.</summary>
    private static bool TryParse(string text, out long? first, out long? last)
    {
        (first, last) = (null, null);
        if (!text.StartsWith(Unit, StringComparison.OrdinalIgnoreCase) || text[Unit.Length..].Split('-') is not [var left, var right]) return false;
        if (left.Length == 0 && right.Length == 0) return false;
        if (left.Length > 0 && !Read(left, out first)) return false;
        if (right.Length > 0 && !Read(right, out last)) return false;
        return first is null || last is null || first <= last;
    }

    private static bool Read(string text, out long? number)
    {
        var isNumber = long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value < long.MaxValue;
        number = isNumber ? value : null;
        return isNumber;
    }
}
