using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Acs;

namespace EcsImages.Local.Dispatch;

/// <summary>The older signature of RPC calls, HMAC-SHA1 or HMAC-SHA256, which travels as a parameter.</summary>
internal static class RpcSignature
{
    public const string Parameter = "Signature";

    /// <summary>What is signed: method, path, and all parameters of query and form but the signature, sorted.</summary>
    public static string StringToSign(string method, IEnumerable<KeyValuePair<string, string>> parameters) =>
        $"{method}&%2F&{StrictEncoding.Encode(StrictEncoding.CanonicalQuery(parameters.Where(static p => p.Key != Parameter).ToArray()))}";

    /// <summary>Base64, keyed with the secret and an ampersand.</summary>
    /// <returns>Null for an algorithm that is not supported.</returns>
    public static string? Sign(string algorithm, string secret, string stringToSign)
    {
        var (key, text) = (Encoding.UTF8.GetBytes(secret + "&"), Encoding.UTF8.GetBytes(stringToSign));
        return algorithm switch
        {
#pragma warning disable CA5350 // The protocol says so: clients of the command line and of Terraform sign with it.
            "HMAC-SHA1" => Convert.ToBase64String(HMACSHA1.HashData(key, text)),
#pragma warning restore CA5350
            "HMAC-SHA256" => Convert.ToBase64String(HMACSHA256.HashData(key, text)),
            _ => null,
        };
    }
}
