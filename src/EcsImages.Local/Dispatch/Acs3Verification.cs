using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Local.Dispatch;

/// <summary>Whether a request was signed with a secret, by ACS3-HMAC-SHA256: computed over what was really sent, and the headers that it names.</summary>
internal static class Acs3Verification
{
    public static void Check(EndpointRequest request, AuthorizationHeader authorization, string secret)
    {
        CheckSignedHeaders(request, authorization);
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

    private static void CheckSignedHeaders(EndpointRequest request, AuthorizationHeader authorization)
    {
        if (!authorization.SignedHeaders.Contains("host")) throw Error.Of("IncompleteSignature", "the header host is not signed.");
        foreach (var (name, _) in request.Headers)
            if (name.StartsWith("x-acs-", StringComparison.OrdinalIgnoreCase) && !authorization.SignedHeaders.Contains(name.ToLowerInvariant()))
                throw Error.Of("IncompleteSignature", $"the header {name.ToLowerInvariant()} is not signed.");
    }

    private static string RawNames(KeyValuePair<string, string>[] query) => string.Join('&', query
        .OrderBy(static p => p.Key, StringComparer.Ordinal).ThenBy(static p => p.Value, StringComparer.Ordinal)
        .Select(static p => p.Key + "=" + StrictEncoding.Encode(p.Value)));
}
