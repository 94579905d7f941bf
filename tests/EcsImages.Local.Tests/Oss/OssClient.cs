using System.Globalization;
using System.Text;
using System.Xml.Linq;
using EcsImages.Core;
using EcsImages.Local.Oss;
using EcsImages.Local.Oss.Signing;

namespace EcsImages.Local.Tests.Oss;

/// <summary>An answer of OSS.</summary>
internal sealed record OssAnswer(int Status, byte[] Bytes, IReadOnlyDictionary<string, string> Headers)
{
    public string Text => Encoding.UTF8.GetString(Bytes);

    public XElement Xml => XElement.Parse(Text);

    public string? Code => Status < 400 || Bytes.Length == 0 ? null : Xml.Element("Code")!.Value;

    public override string ToString() => $"{Status} {Text}";
}

/// <summary>Sends requests to OSS through an HttpClient, signed by an account of the endpoint or not at all.</summary>
internal sealed class OssClient(ILocalEndpoint endpoint, LocalAccount? account, ManualClock clock, string bucket, string region = "cn-hangzhou") : IDisposable
{
    private readonly HttpClient _http = new(endpoint.CreateHandler());

    public string Host { get; set; } = $"{bucket}.oss-{region}.aliyuncs.com";

    /// <summary>Whether the bucket stands before the key in the path.</summary>
    public bool IsByPath { get; set; }

    public static async Task<OssClient> WithBucketAsync(TestEndpoint endpoint, string bucket = "test-bucket", string region = "cn-hangzhou")
    {
        var client = new OssClient(endpoint.Endpoint, await endpoint.Endpoint.OpenAccountAsync("main", CancellationToken.None), endpoint.Clock, bucket, region);
        Assert.Equal(200, (await client.SendAsync("PUT", "")).Status);
        return client;
    }

    public Task<OssAnswer> PutAsync(string key, string text, params (string Name, string Value)[] headers) => SendAsync("PUT", key, content: Encoding.UTF8.GetBytes(text), headers: headers);

    public Task<OssAnswer> GetAsync(string key, params (string Name, string Value)[] headers) => SendAsync("GET", key, headers: headers);

    public Task<OssAnswer> PostXmlAsync(string key, string query, string xml)
    {
        var body = Encoding.UTF8.GetBytes(xml);
#pragma warning disable CA5351 // What the protocol has.
        return SendAsync("POST", key, query, body, ("Content-MD5", Convert.ToBase64String(System.Security.Cryptography.MD5.HashData(body))));
#pragma warning restore CA5351
    }

    public async Task<OssAnswer> SendAsync(string method, string key, string query = "", byte[]? content = null, params (string Name, string Value)[] headers)
    {
        using var response = await OpenAsync(method, key, query, content is null ? null : new ByteArrayContent(content), headers);
        var all = response.Headers.Concat(response.Content.Headers).ToDictionary(static h => h.Key, static h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        return new OssAnswer((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(), all);
    }

    /// <summary>The reply as soon as its headers are there; its body is read by who asks.</summary>
    public async Task<HttpResponseMessage> OpenAsync(string method, string key, string query, HttpContent? content, params (string Name, string Value)[] headers)
    {
        var path = (IsByPath ? $"/{bucket}/" : "/") + PercentText.EncodePath(key);
        using var request = new HttpRequestMessage(new HttpMethod(method), $"http://{Host}{path}{(query.Length == 0 ? "" : "?" + query)}") { Content = content };
        List<(string Name, string Value)> all = [.. headers];
        var date = clock.Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        if (account is not null) all.AddRange([("x-oss-date", date), ("x-oss-content-sha256", "UNSIGNED-PAYLOAD")]);
        if (account?.Credential.SecurityToken is { } token) all.Add(("x-oss-security-token", token));
        foreach (var (name, value) in all)
            if (!request.Headers.TryAddWithoutValidation(name, value)) (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        if (account is not null)
        {
            var scope = new OssScope(date[..8], region, "oss");
            var signed = new OssRequest(method, Host, path, query, [.. all.Select(static h => new KeyValuePair<string, string>(h.Name, h.Value))], Stream.Null, 0);
            var text = OssV4Signature.StringToSign(date, scope, OssV4Signature.CanonicalRequest(signed, new OssAddress(null, bucket, key), [], isRaw: false));
            request.Headers.TryAddWithoutValidation("Authorization",
                $"{OssV4Signature.Algorithm} Credential={account.Credential.AccessKeyId}/{scope},Signature={OssV4Signature.Sign(account.Credential.AccessKeySecret, scope, text)}");
        }
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    public void Dispose() => _http.Dispose();
}
