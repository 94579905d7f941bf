using System.Buffers;
using EcsImages.Emulator.Connections;
using EcsImages.Emulator.Control;
using EcsImages.Emulator.Metadata;
using EcsImages.Local.Dispatch;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EcsImages.Emulator;

/// <summary>Turns what came over HTTP into a request of the endpoint, byte for byte as it was signed, and sends the reply back.</summary>
internal sealed class HttpFront(FaultyDispatcher calls, ControlFront control, MetadataFront metadata, OssFront oss, AllowedHosts hosts, Refusals refusals, TimeSpan patience)
{
    public async Task AnswerAsync(HttpContext context)
    {
        var (request, response, stop) = (context.Request, context.Response, context.RequestAborted);
        var host = request.Headers.Host.ToString();
        var (path, query) = Target(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        try
        {
            var wrong = RequestLimits.Judge(request, query) ?? (hosts.Allows(host) ? null : "InvalidRequest.Host");
            if (wrong is not null)
            {
                await refusals.SendAsync(context, path, query, wrong).ConfigureAwait(false);
                return;
            }
            if (path == ControlFront.Root || path.StartsWith(ControlFront.Root + "/", StringComparison.Ordinal))
            {
                await control.AnswerAsync(context, path, query).ConfigureAwait(false);
                return;
            }
            if (MetadataFront.Takes(request, path, query))
            {
                await metadata.AnswerAsync(context, path).ConfigureAwait(false);
                return;
            }
            if (oss.Takes(request, path, query))
            {
                await oss.AnswerAsync(context, path, query, Headers(request)).ConfigureAwait(false);
                return;
            }
            var incoming = new EndpointRequest(request.Method.ToUpperInvariant(), host, path, query, Headers(request), await BodyAsync(request, stop).ConfigureAwait(false));
            var (reply, fault) = await calls.AnswerAsync(incoming, stop).ConfigureAwait(false);
            if (reply is null || fault is FaultKind.DropReply) context.Abort();
            else await SendAsync(context, reply, isCut: fault is FaultKind.Truncate).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The client went away.
        }
        catch (OperationCanceledException) when (!response.HasStarted)
        {
            await refusals.SendAsync(context, path, query, "RequestTimeout").ConfigureAwait(false);
        }
        catch (IOException) when (stop.IsCancellationRequested)
        {
            // The same, in the middle of its body.
        }
        catch (BadHttpRequestException e) when (!response.HasStarted)
        {
            await refusals.SendAsync(context, path, query, RequestLimits.IdOf(e)).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a reply, or the first half of it.</summary>
    internal static async Task SendAsync(HttpContext context, EndpointReply reply, bool isCut)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) response.Headers[name] = value;
        response.ContentLength = reply.Body.Length;
        if (HttpMethods.IsHead(context.Request.Method)) return;
        await response.Body.WriteAsync(isCut ? reply.Body[..(reply.Body.Length / 2)] : reply.Body, context.RequestAborted).ConfigureAwait(false);
        if (!isCut) return;
        await response.Body.FlushAsync(context.RequestAborted).ConfigureAwait(false);
        context.Abort();
    }

    // A client that takes the emulator for its proxy sends the whole address.
    private static (string Path, string Query) Target(string target)
    {
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            var slash = authority < 0 ? -1 : target.IndexOfAny(['/', '?'], authority + 3);
            target = slash < 0 ? "/" : target[slash] == '?' ? "/" + target[slash..] : target[slash..];
        }
        var question = target.IndexOf('?', StringComparison.Ordinal);
        return question < 0 ? (target, "") : (target[..question], target[(question + 1)..]);
    }

    private static List<KeyValuePair<string, string>> Headers(HttpRequest request)
    {
        var headers = new List<KeyValuePair<string, string>>(request.Headers.Count);
        foreach (var (name, values) in request.Headers)
            foreach (var value in values) headers.Add(new(name, value ?? ""));
        return headers;
    }

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken stop)
    {
        if (request.ContentLength is 0) return default;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        limit.CancelAfter(patience);
        var body = new ArrayBufferWriter<byte>();
        while (true)
        {
            var read = await request.Body.ReadAsync(body.GetMemory(4096), limit.Token).ConfigureAwait(false);
            if (read == 0) return body.WrittenMemory;
            body.Advance(read);
        }
    }
}
