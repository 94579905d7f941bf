using System.Security.Cryptography;
using System.Text;

namespace EcsImages.Core.Acs;

/// <summary>ACS3-HMAC-SHA256: a pure function of what is sent, and a secret.</summary>
/// <remarks>Both sides use it: the client to sign, the embedded endpoint to verify what arrived.</remarks>
public static class Acs3Signature
{
    /// <summary>The algorithm name, as it stands in the Authorization header.</summary>
    public const string Algorithm = "ACS3-HMAC-SHA256";

    /// <summary>The six parts of the canonical request, joined by line feeds.</summary>
    /// <param name="method">HTTP method, upper case.</param>
    /// <param name="path">Path as sent; "/" for RPC.</param>
    /// <param name="canonicalQuery">See <see cref="StrictEncoding.CanonicalQuery"/>.</param>
    /// <param name="signedHeaders">Lower-case names with values as sent, in the order in which they are signed.</param>
    /// <param name="payloadHash">Lower-case hex SHA-256 of the body; see <see cref="HashOf"/>.</param>
    public static string CanonicalRequest(
        string method, string path, string canonicalQuery,
        IReadOnlyList<KeyValuePair<string, string>> signedHeaders, string payloadHash)
    {
        var text = new StringBuilder();
        text.Append(method).Append('\n').Append(path).Append('\n').Append(canonicalQuery).Append('\n');
        foreach (var (name, value) in signedHeaders) text.Append(name).Append(':').Append(value.Trim()).Append('\n');
        text.Append('\n').AppendJoin(';', signedHeaders.Select(static h => h.Key)).Append('\n').Append(payloadHash);
        return text.ToString();
    }

    /// <summary>The text that is signed: the algorithm, and the hash of the canonical request.</summary>
    public static string StringToSign(string canonicalRequest) =>
        Algorithm + "\n" + HashOf(Encoding.UTF8.GetBytes(canonicalRequest));

    /// <summary>Lower-case hex HMAC-SHA256 of the text, keyed with the secret as it is.</summary>
    public static string Sign(string secret, string stringToSign) =>
        Convert.ToHexString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(stringToSign)))
            .ToLowerInvariant();

    /// <summary>Lower-case hex SHA-256, as in x-acs-content-sha256.</summary>
    public static string HashOf(ReadOnlySpan<byte> body) => Convert.ToHexString(SHA256.HashData(body)).ToLowerInvariant();
}
