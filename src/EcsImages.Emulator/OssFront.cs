using System.Buffers;
using EcsImages.Emulator.Control;
using EcsImages.Local.Contents;
using EcsImages.Local.Oss;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace EcsImages.Emulator;

/// <summary>Hands requests to OSS on, and their replies back; bodies stream both ways, so memory does not grow with the object.</summary>
internal sealed class OssFront(OssEndpoint oss, Faults faults, RequestLog log, TimeProvider clock)
{
    private readonly FaultyOss _calls = new(oss, faults, log, clock);

    private const int Chunk = 1024 * 1024;

    // A client may pause while it reads a disk or writes one; one that sends nothing at all is let go.
    private static readonly MinDataRate Slowest = new(bytesPerSecond: 100, gracePeriod: TimeSpan.FromMinutes(1));

    public bool Takes(HttpRequest request, string path, string query) =>
        OssTraffic.IsOss(oss.Hosts, request.Method, request.Headers.Host.ToString(), path, query, name =>
            request.Headers.TryGetValue(name, out var values) ? values.ToString() : null);

    /// <summary>A refusal that OSS itself was not asked for.</summary>
    public OssReply Refuse(OssRequest request, string id) => oss.Refuse(request, OssError.Of(id));

    public async Task AnswerAsync(HttpContext context, string path, string query, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        var (request, stop) = (context.Request, context.RequestAborted);
        // What is too large is refused by OSS itself, in its own words.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = null;
        if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } incoming) incoming.MinDataRate = Slowest;
        if (context.Features.Get<IHttpMinResponseDataRateFeature>() is { } outgoing) outgoing.MinDataRate = Slowest;
        var isChunked = request.Headers.TransferEncoding.Count > 0;
        var length = request.ContentLength ?? (isChunked || HttpMethods.IsPut(request.Method) ? null : 0);
        var asked = new OssRequest(request.Method.ToUpperInvariant(), request.Headers.Host.ToString(), path, query, headers, request.Body, length);
        var (reply, fault) = await _calls.AnswerAsync(asked, stop).ConfigureAwait(false);
        using (reply)
        {
            if (reply is null || fault is FaultKind.DropReply) context.Abort();
            else await SendAsync(context, reply, isCut: fault is FaultKind.Truncate).ConfigureAwait(false);
        }
    }

    /// <summary>Sends a reply, its body as it is read; or the first half of it.</summary>
    internal static async Task SendAsync(HttpContext context, OssReply reply, bool isCut = false)
    {
        var response = context.Response;
        response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) response.Headers[name] = value;
        if (reply.Status is not (204 or 304)) response.ContentLength = reply.ContentLength;
        if (isCut && reply.ContentLength == 0) context.Abort();
        if (reply.Body is not null && !HttpMethods.IsHead(context.Request.Method)) await StreamAsync(context, reply.Body, isCut ? reply.ContentLength / 2 : long.MaxValue, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task StreamAsync(HttpContext context, Stream body, long most, CancellationToken stop)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk);
        try
        {
            while (await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(Chunk, most)), stop).ConfigureAwait(false) is > 0 and var count)
            {
                await context.Response.Body.WriteAsync(buffer.AsMemory(0, count), stop).ConfigureAwait(false);
                most -= count;
            }
            if (most > 0) return;
            await context.Response.Body.FlushAsync(stop).ConfigureAwait(false);
            context.Abort();
        }
        catch (ContentDamagedException)
        {
            // The status is on its way already: a connection that breaks off is how a client learns that this is not all.
            context.Abort();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
