using System.Diagnostics;
using EcsImages.Core.Acs;
using EcsImages.Local.Dispatch;

namespace EcsImages.Emulator.Control;

/// <summary>Answers calls, with the faults that are asked for, and notes each in the log.</summary>
internal sealed class FaultyDispatcher(Dispatcher dispatcher, Faults faults, RequestLog log, TimeProvider clock)
{
    /// <summary>The reply, and what is to become of it on its way.</summary>
    public async Task<(EndpointReply? Reply, FaultKind? Fault)> AnswerAsync(EndpointRequest request, CancellationToken stop)
    {
        var (started, time) = (Stopwatch.GetTimestamp(), clock.GetUtcNow());
        var call = CallName.Of(request);
        var fault = faults.Meet(call.Product, call.Operation);
        if (fault is { Kind: FaultKind.Delay }) await Task.Delay(fault.DelayMilliseconds ?? 1000, stop).ConfigureAwait(false);
        var reply = fault?.Kind switch
        {
            FaultKind.Reset => null,
            FaultKind.Throttle => Throttled(request, fault),
            FaultKind.Error => dispatcher.Refuse(request, fault.Code ?? "ServiceUnavailable", "The emulator was asked to fail.", fault.Status ?? 503),
            // SQLite waits in place when another process writes: not on a thread of the server's loop.
            _ => await Task.Run(() => dispatcher.AnswerAsync(request, stop), stop).ConfigureAwait(false),
        };
        log.Add(new LoggedRequest
        {
            Time = time,
            Method = request.Method,
            Host = request.Host,
            Product = call.Product,
            Operation = call.Operation,
            AccessKeyId = call.AccessKeyId is { } id ? Redaction.ShortenKeyId(id) : null,
            Parameters = Redaction.Describe(call.Parameters),
            Status = fault?.Kind is FaultKind.Reset or FaultKind.DropReply ? null : reply?.Status,
            RequestId = reply?.Headers.FirstOrDefault(static h => h.Key == "x-acs-request-id").Value,
            Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Fault = fault?.Kind.ToString(),
        });
        return (reply, fault?.Kind);
    }

    private EndpointReply Throttled(EndpointRequest request, Fault fault)
    {
        var reply = dispatcher.Refuse(request, fault.Code ?? "Throttling.User", "Request was denied due to user flow control.", fault.Status ?? 400);
        return fault.RetryAfterMilliseconds is not { } wait ? reply
            : reply with { Headers = [.. reply.Headers, new("x-acs-retry-after", wait.ToString(System.Globalization.CultureInfo.InvariantCulture))] };
    }
}
