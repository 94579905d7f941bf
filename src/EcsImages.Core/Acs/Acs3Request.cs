using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace EcsImages.Core.Acs;

/// <summary>Builds the signed HTTP request of one attempt of one call.</summary>
public static class Acs3Request
{
    /// <summary>A POST with every x-acs header that the service asks for, signed.</summary>
    /// <param name="endpoint">Where to; scheme, host and port.</param>
    /// <param name="operation">What is called.</param>
    /// <param name="parameters">Its wire parameters.</param>
    /// <param name="credential">Whose call it is; null leaves the request unsigned.</param>
    /// <param name="now">The time of this attempt.</param>
    /// <param name="nonce">A text never used before.</param>
    public static HttpRequestMessage Create(
        Uri endpoint, AcsOperation operation, IReadOnlyList<KeyValuePair<string, string>> parameters,
        AcsCredential? credential, DateTimeOffset now, string nonce)
    {
        var inBody = operation.Product.ParametersInBody || operation.ParametersInBody || operation.IsAnonymous;
        // Official clients ask for JSON in words where nothing is signed.
        var query = operation.IsAnonymous ? "Format=json" : StrictEncoding.CanonicalQuery(inBody ? [] : parameters);
        var body = inBody ? Encoding.UTF8.GetBytes(StrictEncoding.CanonicalQuery(parameters)) : [];
        // What the handler emits is what must be signed: the Uri drops default ports, and so must the signed host.
        var target = new Uri(endpoint, query.Length == 0 ? "/" : "/?" + query);
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["host"] = target.IsDefaultPort ? target.IdnHost : $"{target.IdnHost}:{target.Port}",
            ["x-acs-action"] = operation.Name,
            ["x-acs-version"] = operation.Product.Version,
            ["x-acs-date"] = now.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
            ["x-acs-signature-nonce"] = nonce,
            ["x-acs-content-sha256"] = Acs3Signature.HashOf(body),
        };
        if (body.Length > 0) headers["content-type"] = "application/x-www-form-urlencoded";
        if (credential?.SecurityToken is { } token)
        {
            headers["x-acs-accesskey-id"] = credential.AccessKeyId;
            headers["x-acs-security-token"] = token;
        }

        var request = new HttpRequestMessage(HttpMethod.Post, target) { Content = new ByteArrayContent(body) };
        foreach (var (name, value) in headers)
        {
            if (name == "host") request.Headers.Host = value;
            else if (name == "content-type") request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(value);
            else request.Headers.TryAddWithoutValidation(name, value);
        }
        request.Headers.Accept.ParseAdd("application/json");
        if (credential is not null)
            request.Headers.TryAddWithoutValidation("Authorization", Authorization(query, [.. headers], credential, headers["x-acs-content-sha256"]));
        return request;
    }

    private static string Authorization(string query, KeyValuePair<string, string>[] signed, AcsCredential credential, string payloadHash)
    {
        var canonical = Acs3Signature.CanonicalRequest("POST", "/", query, signed, payloadHash);
        var signature = Acs3Signature.Sign(credential.AccessKeySecret, Acs3Signature.StringToSign(canonical));
        return $"{Acs3Signature.Algorithm} Credential={credential.AccessKeyId},"
            + $"SignedHeaders={string.Join(';', signed.Select(static h => h.Key))},Signature={signature}";
    }
}
