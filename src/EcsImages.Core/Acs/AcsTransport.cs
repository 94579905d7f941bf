using System.Net;
using System.Text;
using System.Text.Json;

namespace EcsImages.Core.Acs;

/// <summary>Sends one attempt and reads what comes back; turns every way to fail into an outcome.</summary>
internal sealed class AcsTransport(HttpMessageInvoker http)
{
    public HttpMessageInvoker Http => http;

    public KnownHosts Hosts { get; } = new();

    private const int ShownOfUnreadable = 200;

    // Enough to find a secret that begins within what is shown.
    private const int SearchedOfUnreadable = 16 * 1024;
    private const int MaxReplyBytes = 64 * 1024 * 1024;

    public async Task<AttemptOutcome> SendAsync<TRequest, TReply>(
        HttpRequestMessage request, AcsOperation<TRequest, TReply> operation, Secrets secrets, CancellationToken stop)
        where TReply : AcsReply
    {
        try
        {
            using var response = await http.SendAsync(request, stop).ConfigureAwait(false);
            Hosts.Meet(request.RequestUri!);
            var body = await ReadAsync(response.Content, stop).ConfigureAwait(false);
            return Read(response, body, operation, secrets);
        }
        catch (HttpRequestException e)
        {
            return Failed($"The connection to {request.RequestUri!.Host} failed: {Innermost(e)}", e) with { IsUnreachable = Hosts.Lack(request.RequestUri, e) };
        }
        // No token of ours has fired: the handler itself gave up, as at its limit for connecting.
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            return Failed($"{request.RequestUri!.Host} could not be reached in time: {Innermost(e)}", e) with { IsUnreachable = Hosts.Lack(request.RequestUri, e) };
        }
        catch (IOException e)
        {
            return Failed($"The connection to {request.RequestUri!.Host} broke off in the middle of the answer: {Innermost(e)}", e);
        }
    }

    private static async Task<byte[]> ReadAsync(HttpContent content, CancellationToken stop)
    {
        var stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        using var bytes = new MemoryStream((int)Math.Clamp(content.Headers.ContentLength ?? 0, 0, MaxReplyBytes));
        var block = new byte[81920];
        int read;
        while ((read = await stream.ReadAsync(block, stop).ConfigureAwait(false)) > 0)
        {
            if (bytes.Length + read > MaxReplyBytes) throw new IOException($"the answer is larger than {MaxReplyBytes} bytes.");
            bytes.Write(block, 0, read);
        }
        // A server that promises more than it sends has been cut off; half a page must not pass for a whole one.
        if (content.Headers.ContentLength is { } promised && promised > bytes.Length)
            throw new IOException($"{bytes.Length} of {promised} bytes arrived.");
        return bytes.ToArray();
    }

    private static AttemptOutcome Read<TRequest, TReply>(HttpResponseMessage response, byte[] body, AcsOperation<TRequest, TReply> operation, Secrets secrets)
        where TReply : AcsReply
    {
        var common = new AttemptOutcome
        {
            HttpStatus = (int)response.StatusCode,
            RequestId = Header(response, "x-acs-request-id"),
            RetryAfter = int.TryParse(Header(response, "x-acs-retry-after"), out var ms) && ms >= 0 ? TimeSpan.FromMilliseconds(ms) : null,
            ServerTime = response.Headers.Date,
        };
        if (response.IsSuccessStatusCode)
        {
            try
            {
                if (JsonSerializer.Deserialize(body, operation.Reply) is { } reply)
                    return common with { Reply = reply, RequestId = reply.RequestId ?? common.RequestId };
            }
            catch (JsonException) { }
            return Unreadable(common, body, secrets);
        }
        try
        {
            if (JsonSerializer.Deserialize(body, AcsJson.Default.AcsErrorReply) is { Code: { Length: > 0 } code } error)
                return common with
                {
                    Code = code,
                    Message = secrets.Hide(error.Message ?? code),
                    RequestId = error.RequestId ?? common.RequestId,
                    AccessDenied = AccessDeniedDetail.Read(error.AccessDeniedDetail, secrets),
                };
        }
        catch (JsonException) { }
        return Unreadable(common, body, secrets);
    }

    private static AttemptOutcome Unreadable(AttemptOutcome common, byte[] body, Secrets secrets)
    {
        var text = secrets.Hide(Encoding.UTF8.GetString(body, 0, Math.Min(body.Length, SearchedOfUnreadable))).ReplaceLineEndings(" ");
        if (text.Length > ShownOfUnreadable) text = text[..ShownOfUnreadable];
        var status = $"HTTP {common.HttpStatus} {(HttpStatusCode)common.HttpStatus!.Value}";
        return common with
        {
            Code = AcsErrorCodes.ReplyUnreadable,
            Message = body.Length == 0
                ? $"The answer is empty ({status})."
                : $"The answer is not the API's JSON ({status}); perhaps a proxy answered. It begins: {text}",
        };
    }

    private static AttemptOutcome Failed(string message, Exception cause) =>
        new() { Code = AcsErrorCodes.ConnectionFailed, Message = message, Cause = cause };

    private static string Innermost(Exception e)
    {
        while (e.InnerException is not null) e = e.InnerException;
        return e.Message;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;
}
