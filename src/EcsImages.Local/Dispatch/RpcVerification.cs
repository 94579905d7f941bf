using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Local.Dispatch;

/// <summary>Whether a request was signed with a secret in the older way, as a parameter. Source: protocol.md, section 3.</summary>
internal static class RpcVerification
{
    public static void Check(EndpointRequest request, IReadOnlyDictionary<string, string> parameters, string secret)
    {
        var algorithm = parameters.GetValueOrDefault("SignatureMethod") is { Length: > 0 } named ? named : "HMAC-SHA1";
        var text = RpcSignature.StringToSign(request.Method, parameters);
        var expected = RpcSignature.Sign(algorithm, secret, text)
            ?? throw Error.Of("IncompleteSignature", $"the SignatureMethod {algorithm} is neither HMAC-SHA1 nor HMAC-SHA256.");
        var given = parameters[RpcSignature.Parameter];
        if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(given))) return;
        // Older clients look for this beginning, and tell a wrong secret from a wrong text by what follows it.
        throw new EndpointError("SignatureDoesNotMatch",
            "Specified signature is not matched with our calculation. server string to sign is:" + RpcSignature.StringToSign(request.Method, Redacted(parameters)));
    }

    // The text goes into logs and errors of clients: of what may be secret, nothing but that it was there.
    private static IEnumerable<KeyValuePair<string, string>> Redacted(IReadOnlyDictionary<string, string> parameters) =>
        parameters.Select(static p => p.Key switch
        {
            "AccessKeyId" => new(p.Key, Redaction.ShortenKeyId(p.Value)),
            _ when IsSecret(p.Key) && p.Value.Length > 0 => new(p.Key, "***"),
            _ => p,
        });

    private static bool IsSecret(string name) =>
        name is "SecurityToken" or "BearerToken" or "OIDCToken" or "UserData" or "Policy"
        || name.Contains("Password", StringComparison.OrdinalIgnoreCase) || name.Contains("Secret", StringComparison.OrdinalIgnoreCase);
}
