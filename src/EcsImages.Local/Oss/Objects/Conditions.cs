using System.Globalization;

namespace EcsImages.Local.Oss.Objects;

/// <summary>If-Match and its like, of a request or of the source of a copy.</summary>
internal static class Conditions
{
    /// <summary>False where the object is not modified, as far as the client wants to know.</summary>
    /// <param name="request">The request.</param>
    /// <param name="found">The object.</param>
    /// <param name="prefix">Stands before the names; those of a copy are x-oss-copy-source-.</param>
    /// <exception cref="OssError">A precondition does not hold.</exception>
    public static bool Check(OssRequest request, StoredObject found, string prefix = "")
    {
        if (request.Header(prefix + "if-match") is { Length: > 0 } match && !Names(match, found)) throw Failed("If-Match");
        if (Time(request, prefix + "if-unmodified-since") is { } before && found.LastModified > before) throw Failed("If-Unmodified-Since");
        if (request.Header(prefix + "if-none-match") is { Length: > 0 } other) return !Names(other, found);
        return Time(request, prefix + "if-modified-since") is not { } since || found.LastModified > since;
    }

    private static bool Names(string header, StoredObject found) => header.Trim() == "*"
        || header.Split(',', StringSplitOptions.TrimEntries).Any(e => e.Trim('"').Equals(found.ETag.Trim('"'), StringComparison.OrdinalIgnoreCase));

    private static DateTimeOffset? Time(OssRequest request, string name) => DateTimeOffset.TryParseExact(
        request.Header(name)?.Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    private static OssError Failed(string condition) => OssError.Of("PreconditionFailed", ("Condition", condition));
}
