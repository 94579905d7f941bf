using System.Diagnostics;
using System.Globalization;

namespace EcsImages.Core.Acs;

/// <summary>Calls operations: signs each attempt anew, repeats what may be repeated, and turns failures into <see cref="AcsException"/>.</summary>
/// <remarks>Where a request goes is the handler's business: Alibaba Cloud, the embedded endpoint, or a test's faults.</remarks>
public sealed class AcsClient
{
    private readonly AcsTransport _transport;
    private readonly AcsClientOptions _options;
    private readonly ICallLog? _log;

    /// <summary>Makes a client over a transport that the caller owns.</summary>
    public AcsClient(HttpMessageInvoker http, AcsClientOptions options) : this(new AcsTransport(http), options, null)
    {
    }

    private AcsClient(AcsTransport transport, AcsClientOptions options, ICallLog? log) =>
        (_transport, _options, _log) = (transport, options, log);

    /// <summary>The clock that calls are dated with, and waits are measured by.</summary>
    public TimeProvider Clock => _options.Clock;

    /// <summary>Object storage, with the same credentials and endpoints.</summary>
    internal Oss.OssClient Oss => new(_options.Objects ?? _transport.Http, _options, _log) { Hosts = _transport.Hosts };

    /// <summary>The same client, telling a log what it does.</summary>
    public AcsClient LoggingTo(ICallLog log) => new(_transport, _options, log);

    /// <summary>Calls an operation.</summary>
    /// <param name="operation">Which one.</param>
    /// <param name="regionId">The region whose endpoint is called.</param>
    /// <param name="request">Its parameters.</param>
    /// <param name="stop">Ends the call at once; the service may still carry it out.</param>
    /// <exception cref="AcsException">The service refused, or no usable answer came in time.</exception>
    /// <exception cref="CredentialException">There is no usable credential.</exception>
    public Task<TReply> CallAsync<TRequest, TReply>(
        AcsOperation<TRequest, TReply> operation, string regionId, TRequest request, CancellationToken stop)
        where TReply : AcsReply => CallAsync(operation, regionId, request, caller: null, stop);

    /// <summary>Calls an operation, with errors that can name whose call it was.</summary>
    internal async Task<TReply> CallAsync<TRequest, TReply>(
        AcsOperation<TRequest, TReply> operation, string regionId, TRequest request, AcsCaller? caller, CancellationToken stop)
        where TReply : AcsReply
    {
        _log?.Calling(operation.Action, regionId);
        var endpoint = _options.Endpoints.For(operation.Product, regionId);
        var parameters = AcsParameters.Of(operation, request);
        var call = new CallSite(operation, regionId, parameters, caller);
        using var deadline = new CancellationTokenSource(_options.Retry.TotalTime, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        var began = _options.Clock.GetTimestamp();
        AttemptOutcome? last = null;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                last = await AttemptAsync(call, endpoint, operation, parameters, limit.Token).ConfigureAwait(false);
                if (last.Code is null) return (TReply)last.Reply!;
                var spent = _options.Clock.GetElapsedTime(began);
                if (!_options.Retry.Allows(operation.Repeat, last, attempt, spent, out var delay))
                    throw last.IsTransient && spent >= _options.Retry.TotalTime ? call.TimedOut(last, attempt, _options.Retry.TotalTime) : call.Failed(last, attempt, _options.Clock);
                _log?.Retrying(operation.Name, regionId, attempt, delay, last.Code);
                await Task.Delay(delay, _options.Clock, limit.Token).ConfigureAwait(false);
            }
            // Which token fired decides what the caller hears: Ctrl+C stays a cancellation.
            catch (OperationCanceledException) when (deadline.IsCancellationRequested && !stop.IsCancellationRequested)
            {
                throw call.TimedOut(last, attempt, _options.Retry.TotalTime);
            }
        }
    }

    private async Task<AttemptOutcome> AttemptAsync<TRequest, TReply>(
        CallSite call, Uri endpoint, AcsOperation<TRequest, TReply> operation,
        IReadOnlyList<KeyValuePair<string, string>> parameters, CancellationToken stop)
        where TReply : AcsReply
    {
        var credential = operation.IsAnonymous ? null : await _options.Credentials.GetAsync(stop).ConfigureAwait(false);
        using var request = Acs3Request.Create(endpoint, operation, parameters, credential, _options.Clock.GetUtcNow(), _options.Nonce());
        request.Headers.TryAddWithoutValidation("User-Agent", _options.UserAgent);
        _log?.Sending(operation.Name, call.RegionId, Redaction.Describe(parameters));
        var started = Stopwatch.GetTimestamp();
        using var tooLong = new CancellationTokenSource(_options.Retry.AttemptTime, _options.Clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, tooLong.Token);
        AttemptOutcome outcome;
        try
        {
            outcome = await _transport.SendAsync(request, operation, Secrets.Of(credential, request, parameters), limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            var seconds = _options.Retry.AttemptTime.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            outcome = new AttemptOutcome { Code = AcsErrorCodes.ConnectionFailed, Message = $"{endpoint.Host} did not answer within {seconds} s." };
        }
        _log?.Answered(operation.Name, call.RegionId, Stopwatch.GetElapsedTime(started), outcome.HttpStatus, outcome.Code, outcome.RequestId);
        return outcome;
    }
}
