using System.Diagnostics;
using EcsImages.Core.Acs;
using EcsImages.Local.Oss;

namespace EcsImages.Emulator.Control;

/// <summary>Answers calls of OSS with the faults that are asked for, and notes each in the log.</summary>
internal sealed class FaultyOss(OssEndpoint oss, Faults faults, RequestLog log, TimeProvider clock)
{
    private const string Product = "oss";
    private const int MostCharacters = 2000;

    /// <summary>The reply, which the caller disposes of, and what is to become of it on its way.</summary>
    public async Task<(OssReply? Reply, FaultKind? Fault)> AnswerAsync(OssRequest request, CancellationToken stop)
    {
        var (started, time) = (Stopwatch.GetTimestamp(), clock.GetUtcNow());
        var call = oss.Describe(request);
        var fault = faults.Meet(Product, call.Operation);
        if (fault is { Kind: FaultKind.Delay }) await Task.Delay(fault.DelayMilliseconds ?? 1000, stop).ConfigureAwait(false);
        var reply = fault?.Kind switch
        {
            FaultKind.Reset => null,
            FaultKind.Throttle => oss.Refuse(request, OssError.Asked(fault.Code ?? "QpsLimitExceeded", fault.Status ?? 503)),
            FaultKind.Error => oss.Refuse(request, OssError.Asked(fault.Code ?? "InternalError", fault.Status ?? 503)),
            // SQLite waits in place when another process writes: not on a thread of the server's loop.
            _ => await Task.Run(() => oss.AnswerAsync(request, stop), stop).ConfigureAwait(false),
        };
        log.Add(new LoggedRequest
        {
            Time = time,
            Method = Shorten(request.Method, 200),
            Host = Shorten(request.Host, 200),
            Product = Product,
            Operation = call.Operation,
            AccessKeyId = call.AccessKeyId is { } id ? Redaction.ShortenKeyId(id) : null,
            Parameters = call.Address is { } at ? Shorten($"Bucket={at.Bucket} Key={at.Key}{Part(request)}", MostCharacters) : null,
            Status = fault?.Kind is FaultKind.Reset or FaultKind.DropReply ? null : reply?.Status,
            RequestId = reply?.Headers.FirstOrDefault(static h => h.Key == "x-oss-request-id").Value,
            Milliseconds = Stopwatch.GetElapsedTime(started).TotalMilliseconds,
            Fault = fault?.Kind.ToString(),
        });
        return (reply, fault?.Kind);
    }

    // Which part of the object it is about, as it was sent: what cannot be decoded was refused, and is noted all the same.
    private static string Part(OssRequest request) =>
        (request.RawParameters.LastOrDefault(static p => p.Key == "partNumber").Value is { } number ? $" PartNumber={number}" : "")
        + (request.Header("range") is { } range ? $" Range={range}" : "");

    private static string Shorten(string text, int most) => text.Length > most ? text[..most] + "..." : text;
}
