using System.Diagnostics;
using EcsImages.Core.Acs;
using EcsImages.Local.Dispatch;

namespace EcsImages.Emulator.Control;

/// <summary>Answers calls, no faster than was asked for, with the faults that are asked for, and notes each in the log.</summary>
internal sealed class FaultyDispatcher(Dispatcher dispatcher, Faults faults, RequestLog log, CallThrottle? throttle, TimeProvider clock)
{
    // The log is kept in memory.
    private const int MostCharacters = 2000;

    /// <summary>The reply, and what is to become of it on its way.</summary>
    public async Task<(EndpointReply? Reply, FaultKind? Fault)> AnswerAsync(EndpointRequest request, CancellationToken stop)
    {
        var (started, time) = (Stopwatch.GetTimestamp(), clock.GetUtcNow());
        var call = CallName.Of(request);
        var fault = faults.Meet(call.Product, call.Operation);
        if (fault is { Kind: FaultKind.Delay }) await Task.Delay(fault.DelayMilliseconds ?? 1000, stop).ConfigureAwait(false);
        var wait = throttle?.Take(call.AccessKeyId, call.Operation);
        var reply = fault?.Kind switch
        {
            FaultKind.Reset => null,
            FaultKind.Throttle => Throttled(request, fault, fault.RetryAfterMilliseconds),
            FaultKind.Error => dispatcher.Refuse(request, fault.Code ?? "ServiceUnavailable", "The emulator was asked to fail.", fault.Status ?? 503),
            _ when wait is { } delay => Throttled(request, null, Math.Ceiling(delay.TotalMilliseconds)),
            // SQLite waits in place when another process writes: not on a thread of the server's loop.
            _ => await Task.Run(() => dispatcher.AnswerAsync(request, stop), stop).ConfigureAwait(false),
        };
        log.Add(new LoggedRequest
        {
            Time = time,
            Method = Shorten(request.Method)!,
            Host = Shorten(request.Host)!,
            Product = call.Product,
            Operation = Shorten(call.Operation),
            AccessKeyId = call.AccessKeyId is { } id ? Redaction.ShortenKeyId(id) : null,
            Parameters = Shorten(Redaction.Describe(call.Parameters), MostCharacters),
            Status = fault?.Kind is FaultKind.Reset or FaultKind.DropReply ? null : reply?.Status,
            RequestId = reply?.Headers.FirstOrDefault(static h => h.Key == "x-acs-request-id").Value,
            Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Fault = fault?.Kind.ToString(),
        });
        return (reply, fault?.Kind);
    }

    private static string? Shorten(string? text, int most = 200) => text?.Length > most ? text[..most] + "..." : text;

    private EndpointReply Throttled(EndpointRequest request, Fault? fault, double? milliseconds)
    {
        var reply = dispatcher.Refuse(request, fault?.Code ?? "Throttling.User", "Request was denied due to user flow control.", fault?.Status ?? 400);
        return milliseconds is not { } wait ? reply
            : reply with { Headers = [.. reply.Headers, new("x-acs-retry-after", wait.ToString(System.Globalization.CultureInfo.InvariantCulture))] };
    }
}
