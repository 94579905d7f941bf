using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oss.Signing;

/// <summary>Says whose request it is and what it addresses, or refuses it. Computed over what was really sent.</summary>
/// <param name="keys">Finds whose an access key is.</param>
/// <param name="clock">Against which dates are checked.</param>
/// <param name="checks">Whether they are.</param>
internal sealed class OssAuthenticator(Func<string, Caller?> keys, TimeProvider clock, SignatureChecks checks)
{
    private const string Hidden = "***";

    /// <param name="request">As it came.</param>
    /// <param name="readings">What it may address, the likelier first.</param>
    /// <returns>No caller for an anonymous request.</returns>
    public (Caller? Caller, OssAddress Address) Authenticate(OssRequest request, IReadOnlyList<OssAddress> readings)
    {
        if (OssAuthorization.Of(request) is not { } authorization) return (null, readings[0]);
        var date = OssTimes.Check(request, authorization, clock.GetUtcNow(), checks);
        var caller = keys(authorization.KeyId) ?? throw UnknownKey(authorization);
        var credential = caller.Account.Credential;
        CheckToken(request, authorization, credential);
        if (credential.Expiration <= clock.GetUtcNow()) throw OssError.Of("SecurityTokenExpired");
        foreach (var address in readings)
            if (Matches(request, authorization, address, date, credential.AccessKeySecret)) return (caller, WithRegion(address, authorization));
        throw Mismatch(request, authorization, readings[0], date);
    }

    // A host that names no region is that of the region that was signed for.
    private static OssAddress WithRegion(OssAddress address, OssAuthorization authorization)
    {
        if (authorization.Scope is not { Product: "oss" } scope) return address;
        if (address.Region is not null && address.Region != scope.Region) throw OssError.Of("InvalidArgument.Region", ("Region", address.Region));
        return address with { Region = scope.Region };
    }

    private static void CheckToken(OssRequest request, OssAuthorization authorization, AcsCredential credential)
    {
        var given = authorization switch
        {
            { IsUrl: false } => request.Header(OssHeaders.Token),
            { Scope: null } => request.Parameter("security-token"),
            _ => request.Parameter(OssHeaders.Token),
        };
        if ((string.IsNullOrEmpty(given) ? null : given) == credential.SecurityToken) return;
        throw string.IsNullOrEmpty(given) ? UnknownKey(authorization) : OssError.Of("InvalidSecurityToken");
    }

    private static bool Matches(OssRequest request, OssAuthorization authorization, OssAddress address, string date, string secret)
    {
        if (authorization.Scope is not { } scope) return IsSame(OssV1Signature.Sign(secret, OssV1Signature.StringToSign(request, address, date)));
        return IsSame(V4(isRaw: false)) || IsSame(V4(isRaw: true));

        string V4(bool isRaw) => OssV4Signature.Sign(secret, scope, OssV4Signature.StringToSign(
            date, scope, OssV4Signature.CanonicalRequest(request, address, authorization.Additional, isRaw)));

        bool IsSame(string expected) => CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(authorization.Signature));
    }

    private static OssError UnknownKey(OssAuthorization authorization) =>
        OssError.Of("InvalidAccessKeyId", ("OSSAccessKeyId", Redaction.ShortenKeyId(authorization.KeyId)));

    // The texts go into logs and errors of clients: of a security token nothing but that it was there.
    private static OssError Mismatch(OssRequest request, OssAuthorization authorization, OssAddress address, string date)
    {
        var canonical = authorization.Scope is null ? null : OssV4Signature.CanonicalRequest(request, address, authorization.Additional, isRaw: false, Hidden);
        var text = canonical is null
            ? OssV1Signature.StringToSign(request, address, date, Hidden)
            : OssV4Signature.StringToSign(date, authorization.Scope!, canonical);
        List<(string, string?)> details =
        [
            ("OSSAccessKeyId", Redaction.ShortenKeyId(authorization.KeyId)), ("SignatureProvided", authorization.Signature),
            ("StringToSign", text), ("StringToSignBytes", Bytes(text)),
        ];
        if (canonical is not null) details.AddRange([("CanonicalRequest", canonical), ("CanonicalRequestBytes", Bytes(canonical))]);
        return OssError.Of("SignatureDoesNotMatch", [.. details]);
    }

    private static string Bytes(string text) => BitConverter.ToString(Encoding.UTF8.GetBytes(text)).Replace('-', ' ');
}
