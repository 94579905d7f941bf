using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;
using Microsoft.AspNetCore.Http;

namespace EcsImages.Emulator.Connections;

/// <summary>Refuses what never becomes a call, in the envelope of whom was asked: clients fail on a reply that is not in it.</summary>
internal sealed class Refusals(Dispatcher dispatcher, OssFront oss)
{
    /// <param name="context">The request, and where the refusal goes.</param>
    /// <param name="path">Of the request.</param>
    /// <param name="query">Of the request.</param>
    /// <param name="id">Of the error; it is in the table of either kind.</param>
    public async Task SendAsync(HttpContext context, string path, string query, string id)
    {
        var request = context.Request;
        // What is left of it on the connection is not to be taken for the next.
        context.Response.Headers.Connection = "close";
        if (oss.Takes(request, path, query))
        {
            var asked = new OssRequest(request.Method.ToUpperInvariant(), request.Headers.Host.ToString(), path, "", [], Stream.Null, 0);
            using var reply = oss.Refuse(asked, id);
            await OssFront.SendAsync(context, reply).ConfigureAwait(false);
            return;
        }
        var error = Error.Of(id);
        var refused = new EndpointRequest(request.Method.ToUpperInvariant(), request.Headers.Host.ToString(), path, "", [], default);
        await HttpFront.SendAsync(context, dispatcher.Refuse(refused, error.Code, error.Message, Error.StatusOf(error.Code, null)), isCut: false).ConfigureAwait(false);
    }
}
