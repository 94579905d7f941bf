using System.Net;

namespace EcsImages.Local.Oss;

/// <summary>Carries the requests of an HttpClient in this process to OSS; bodies stream both ways.</summary>
/// <remarks>A body that comes from elsewhere than memory, a stream or a file is held in memory by HttpContent unless it overrides CreateContentReadStreamAsync.</remarks>
internal static class OssInProcess
{
    public static bool Takes(OssEndpoint oss, HttpRequestMessage request)
    {
        var uri = request.RequestUri!;
        return OssTraffic.IsOss(oss.Hosts, request.Method.Method, request.Headers.Host ?? uri.Authority, uri.AbsolutePath, uri.Query.TrimStart('?'),
            name => request.Headers.NonValidated.TryGetValues(name, out var values) ? string.Join(',', values) : null);
    }

    public static async Task<HttpResponseMessage> SendAsync(OssEndpoint oss, HttpRequestMessage request, CancellationToken stop)
    {
        var uri = request.RequestUri!;
        var headers = new List<KeyValuePair<string, string>>();
        // Unvalidated: what is signed is the text as it was set.
        foreach (var header in request.Headers.NonValidated)
            foreach (var value in header.Value) headers.Add(new(header.Key, value));
        if (request.Content is not null)
            foreach (var header in request.Content.Headers.NonValidated)
                foreach (var value in header.Value) headers.Add(new(header.Key, value));
        var length = request.Content is null ? 0 : request.Content.Headers.ContentLength;
        if (length is null) headers.Add(new("Transfer-Encoding", "chunked"));
        var body = request.Content is null ? Stream.Null : await request.Content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var incoming = new OssRequest(request.Method.Method.ToUpperInvariant(), request.Headers.Host ?? uri.Authority,
            uri.AbsolutePath, uri.Query.TrimStart('?'), headers, body, length);
        // SQLite waits in place when another process writes: not on the caller's thread.
        var reply = await Task.Run(() => oss.AnswerAsync(incoming, stop), stop).ConfigureAwait(false);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status) { RequestMessage = request, Content = new StreamContent(reply.Body ?? Stream.Null) };
        foreach (var (name, value) in reply.Headers)
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        if (reply.Status is not (204 or 304)) response.Content.Headers.ContentLength = reply.ContentLength;
        return response;
    }
}
