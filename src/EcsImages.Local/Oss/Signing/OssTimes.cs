using System.Globalization;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oss.Signing;

/// <summary>When a request was signed, and whether that is near enough, or a URL still good. Source: protocol.md, section 7.</summary>
internal static class OssTimes
{
    private const string Basic = "yyyyMMdd'T'HHmmss'Z'";
    private const int LongestUrl = 7 * 24 * 3600;
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>The date as it is signed; checked against the clock.</summary>
    public static string Check(OssRequest request, OssAuthorization authorization, DateTimeOffset now, SignatureChecks checks) => authorization switch
    {
        { Scope: null, IsUrl: true } => CheckExpires(request, now),
        { Scope: null } => CheckV1(request, now, checks),
        { IsUrl: true } => CheckV4Url(request, authorization.Scope, now, checks),
        _ => CheckV4(request, authorization.Scope, now, checks),
    };

    private static string CheckExpires(OssRequest request, DateTimeOffset now)
    {
        var text = request.Parameter("Expires") ?? "";
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds > DateTimeOffset.MaxValue.ToUnixTimeSeconds())
            throw OssError.Argument("Expires", text);
        CheckEnd(DateTimeOffset.FromUnixTimeSeconds(seconds), now);
        return text;
    }

    private static string CheckV1(OssRequest request, DateTimeOffset now, SignatureChecks checks)
    {
        var text = request.Header("x-oss-date") ?? request.Header("date");
        CheckNear(TryHttp(text, out var at) || TryBasic(text, out at) ? at : throw OssError.Of("AccessDenied.Date"), now, checks);
        return text!.Trim();
    }

    private static string CheckV4(OssRequest request, OssScope scope, DateTimeOffset now, SignatureChecks checks)
    {
        // Older clients send no x-oss-date: they sign the Date header as it stands.
        var text = request.Header("x-oss-date") ?? request.Header("date");
        var at = TryBasic(text, out var time) || TryHttp(text, out time) ? time : throw OssError.Of("AccessDenied.Date");
        CheckNear(at, now, checks);
        CheckDay(at, scope);
        return text!.Trim();
    }

    private static string CheckV4Url(OssRequest request, OssScope scope, DateTimeOffset now, SignatureChecks checks)
    {
        var (date, life) = (request.Parameter("x-oss-date") ?? "", request.Parameter("x-oss-expires") ?? "");
        if (!TryBasic(date, out var at)) throw OssError.Argument("x-oss-date", date);
        if (!int.TryParse(life, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > LongestUrl)
            throw OssError.Argument("x-oss-expires", life);
        CheckDay(at, scope);
        if (checks.Clock && at - now > Window) throw Skewed(at, now);
        CheckEnd(at.AddSeconds(seconds), now);
        return date;
    }

    private static void CheckDay(DateTimeOffset at, OssScope scope)
    {
        if (at.ToString("yyyyMMdd", CultureInfo.InvariantCulture) != scope.Date)
            throw OssError.Argument("Credential", scope.ToString(), "InvalidArgument.Scope");
    }

    private static void CheckNear(DateTimeOffset at, DateTimeOffset now, SignatureChecks checks)
    {
        if (checks.Clock && (at - now).Duration() > Window) throw Skewed(at, now);
    }

    private static void CheckEnd(DateTimeOffset end, DateTimeOffset now)
    {
        if (now > end) throw OssError.Of("AccessDenied.Expired", ("Expires", Iso(end)), ("ServerTime", Iso(now)));
    }

    private static OssError Skewed(DateTimeOffset at, DateTimeOffset now) => OssError.Of("RequestTimeTooSkewed",
        ("MaxAllowedSkewMilliseconds", Window.TotalMilliseconds.ToString(CultureInfo.InvariantCulture)), ("RequestTime", Iso(at)), ("ServerTime", Iso(now)));

    private static string Iso(DateTimeOffset time) => Times.Millisecond(time);

    private static bool TryHttp(string? text, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        text?.Trim(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static bool TryBasic(string? text, out DateTimeOffset at) => DateTimeOffset.TryParseExact(
        text?.Trim(), Basic, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);
}
