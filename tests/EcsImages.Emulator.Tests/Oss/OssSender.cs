using System.Globalization;
using System.Text;
using EcsImages.Local.Oss;
using EcsImages.Local.Oss.Signing;

namespace EcsImages.Emulator.Tests.Oss;

/// <summary>Signs requests to OSS in the older way, to arrange what a test is about.</summary>
internal sealed class OssSender(Uri server, AccessKey key, TimeProvider clock)
{
    public Task<RawReply> SendAsync(string method, string bucket, string objectKey, string query = "", string body = "", params (string Name, string Value)[] headers) =>
        RawHttp.SendAsync(server, method, Target(bucket, objectKey, query), Sign(method, bucket, objectKey, query, headers), body);

    public static string Target(string bucket, string objectKey, string query) =>
        (bucket.Length == 0 ? "/" : $"/{bucket}/{PercentText.EncodePath(objectKey)}") + (query.Length == 0 ? "" : "?" + query);

    /// <summary>The headers of a request to the server by its address, the host among them.</summary>
    public List<KeyValuePair<string, string>> Sign(string method, string bucket, string objectKey, string query, params (string Name, string Value)[] headers)
    {
        var date = clock.GetUtcNow().ToString("r", CultureInfo.InvariantCulture);
        List<KeyValuePair<string, string>> all = [new("Host", server.Authority), new("Date", date), .. headers.Select(static h => new KeyValuePair<string, string>(h.Name, h.Value))];
        if (key.SecurityToken is not null) all.Add(new("x-oss-security-token", key.SecurityToken));
        var request = new OssRequest(method, server.Authority, Target(bucket, objectKey, ""), query, all, Stream.Null, 0);
        var text = OssV1Signature.StringToSign(request, new OssAddress(null, bucket, objectKey), date);
        all.Add(new("Authorization", $"OSS {key.Id}:{OssV1Signature.Sign(key.Secret, text)}"));
        return all;
    }

    /// <summary>The bytes of a request as they go over a socket.</summary>
    public byte[] Bytes(string method, string bucket, string objectKey, string query, params (string Name, string Value)[] headers)
    {
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {Target(bucket, objectKey, query)} HTTP/1.1\r\n");
        foreach (var (name, value) in Sign(method, bucket, objectKey, query, headers)) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return Encoding.UTF8.GetBytes(head.Append("\r\n").ToString());
    }
}
