using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Dispatch;

/// <summary>Says whose request it is, or refuses it: ACS3-HMAC-SHA256 as the service checks it.</summary>
internal sealed class Authenticator(Database database)
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    private readonly ConcurrentDictionary<string, Caller> _callers = new(StringComparer.Ordinal);
    // A nonce may come from a clock that is a window behind, and again from one that is a window ahead.
    private readonly NonceWindow _nonces = new(2 * Window);

    public Caller Authenticate(EndpointRequest request)
    {
        var authorization = AuthorizationHeader.Parse(request.Header("authorization"), Acs3Signature.Algorithm);
        var caller = Find(authorization.AccessKeyId) ?? throw Error.Of("InvalidAccessKeyId.NotFound");
        if (!string.IsNullOrEmpty(request.Header("x-acs-security-token")))
            throw Error.Of("InvalidSecurityToken.MismatchWithAccessKey");
        CheckSignedHeaders(request, authorization);
        CheckSignature(request, authorization, caller.Account.Credential.AccessKeySecret);
        var now = database.Clock.GetUtcNow();
        CheckTime(request.Header("x-acs-date"), now);
        var nonce = request.Header("x-acs-signature-nonce");
        if (string.IsNullOrEmpty(nonce)) throw Error.Of("IncompleteSignature", "there is no x-acs-signature-nonce.");
        if (!_nonces.TryUse(authorization.AccessKeyId + " " + nonce, now)) throw Error.Of("SignatureNonceUsed");
        return caller;
    }

    private Caller? Find(string keyId)
    {
        if (_callers.TryGetValue(keyId, out var known)) return known;
        using var session = database.Read();
        var caller = Accounts.ByKey(session, keyId) is { } account ? new Caller(account, null)
            : RamUsers.ByKey(session, keyId) is { } user ? new Caller(user.Account, user) : null;
        if (caller is not null) _callers.TryAdd(keyId, caller);
        return caller;
    }

    private static void CheckSignedHeaders(EndpointRequest request, AuthorizationHeader authorization)
    {
        if (!authorization.SignedHeaders.Contains("host")) throw Error.Of("IncompleteSignature", "the header host is not signed.");
        foreach (var (name, _) in request.Headers)
            if (name.StartsWith("x-acs-", StringComparison.OrdinalIgnoreCase) && !authorization.SignedHeaders.Contains(name.ToLowerInvariant()))
                throw Error.Of("IncompleteSignature", $"the header {name.ToLowerInvariant()} is not signed.");
    }

    private static void CheckSignature(EndpointRequest request, AuthorizationHeader authorization, string secret)
    {
        var hash = Acs3Signature.HashOf(request.Body.Span);
        if (request.Header("x-acs-content-sha256") is { } claimed && !string.Equals(claimed, hash, StringComparison.OrdinalIgnoreCase))
            throw Error.Of("SignatureDoesNotMatch", "The body does not have the hash that x-acs-content-sha256 says.");
        var signed = authorization.SignedHeaders.Select(name => new KeyValuePair<string, string>(name,
            name == "host" ? request.Host
            : request.Header(name) ?? throw Error.Of("IncompleteSignature", $"the signed header {name} is not there."))).ToArray();
        var given = Encoding.ASCII.GetBytes(authorization.Signature);
        var query = RequestParameters.Decode(request.RawQuery).ToArray();
        // Some clients put names into the canonical query as they are: strictly encoded first, then raw.
        if (!Matches(StrictEncoding.CanonicalQuery(query)) && !Matches(RawNames(query)))
            throw Error.Of("SignatureDoesNotMatch", "Check the access key secret, and that nothing changed the request on its way.");

        bool Matches(string canonicalQuery) => CryptographicOperations.FixedTimeEquals(given, Encoding.ASCII.GetBytes(
            Acs3Signature.Sign(secret, Acs3Signature.StringToSign(
                Acs3Signature.CanonicalRequest(request.Method, request.Path, canonicalQuery, signed, hash)))));
    }

    private static string RawNames(KeyValuePair<string, string>[] query) => string.Join('&', query
        .OrderBy(static p => p.Key, StringComparer.Ordinal).ThenBy(static p => p.Value, StringComparer.Ordinal)
        .Select(static p => p.Key + "=" + StrictEncoding.Encode(p.Value)));

    private static void CheckTime(string? text, DateTimeOffset now)
    {
        if (!DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at)) throw Error.Of("IllegalTimestamp", text);
        if ((at - now).Duration() > Window) throw Error.Of("InvalidTimeStamp.Expired", text, Times.Second(now));
    }
}

/// <summary>Whose key a request was signed with: an account's own, or that of one of its RAM users.</summary>
internal sealed record Caller(LocalAccount Account, RamUser? User);
