using System.Net;
using EcsImages.Local.Oss;

namespace EcsImages.Local.Dispatch;

/// <summary>Carries the requests of an HttpClient to the endpoint in this process.</summary>
internal sealed class LocalHandler(Dispatcher dispatcher, OssEndpoint oss) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not null && OssInProcess.Takes(oss, request)) return await OssInProcess.SendAsync(oss, request, cancellationToken).ConfigureAwait(false);
        var incoming = await ReadAsync(request, cancellationToken).ConfigureAwait(false);
        // SQLite waits in place when another process writes: not on the caller's thread.
        var reply = await Task.Run(() => dispatcher.AnswerAsync(incoming, cancellationToken), cancellationToken).ConfigureAwait(false);
        var response = new HttpResponseMessage((HttpStatusCode)reply.Status)
        {
            RequestMessage = request,
            Content = new ReadOnlyMemoryContent(reply.Body),
        };
        foreach (var (name, value) in reply.Headers)
            if (!response.Headers.TryAddWithoutValidation(name, value)) response.Content.Headers.TryAddWithoutValidation(name, value);
        return response;
    }

    private static async Task<EndpointRequest> ReadAsync(HttpRequestMessage request, CancellationToken stop)
    {
        var uri = request.RequestUri ?? throw new InvalidOperationException("The request has no address.");
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(stop).ConfigureAwait(false);
        var headers = new List<KeyValuePair<string, string>>();
        // Unvalidated: what is signed is the text as it was set.
        foreach (var header in request.Headers.NonValidated)
            foreach (var value in header.Value) headers.Add(new(header.Key, value));
        if (request.Content is not null)
            foreach (var header in request.Content.Headers.NonValidated)
                foreach (var value in header.Value) headers.Add(new(header.Key, value));
        return new EndpointRequest(request.Method.Method.ToUpperInvariant(), request.Headers.Host ?? uri.Authority,
            uri.AbsolutePath, uri.Query.TrimStart('?'), headers, body);
    }
}
