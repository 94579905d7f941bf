using System.Diagnostics;
using System.Globalization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>Sends requests to OSS: signs each attempt anew, repeats what may be repeated, and turns failures into <see cref="AcsException"/>.</summary>
/// <remarks>
/// An attempt ends when nothing has moved for <see cref="IdleTime"/>, however long the whole takes. Bodies are what they are: the transport must not
/// unpack them.
/// </remarks>
internal sealed class OssClient(HttpMessageInvoker http, AcsClientOptions options, ICallLog? log)
{
    // Bytes that are changed three times are changed by something that stays.
    private const int MostDamaged = 3;

    // A part takes the time that it takes: these many attempts it has in any case, and more while the time of a call lasts.
    private const int LeastAttempts = 8;

    private static readonly TimeSpan NoticeableSkew = TimeSpan.FromMinutes(5);

    // How far the service's clock is ahead of this machine's, in ticks, once it said that they differ too much.
    private long _ahead;

    /// <summary>How long nothing may move.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The hosts that have answered before.</summary>
    public KnownHosts Hosts { get; init; } = new();

    /// <summary>Sends a request whose answer is short.</summary>
    /// <exception cref="AcsException">OSS refused, or no usable answer came.</exception>
    /// <exception cref="CredentialException">There is no usable credential.</exception>
    public Task<OssReply> SendAsync(OssRequest request, CancellationToken stop) => SendAsync(request, OssAnswers.ReadAsync, stop);

    /// <summary>Sends a request and hands its answer on as it streams in; again from the start where an attempt breaks off.</summary>
    /// <remarks>Whoever takes the answer throws an <see cref="IOException"/> where it broke off, and an <see cref="OssDamageException"/> where it is not what it should be.</remarks>
    public async Task<T> SendAsync<T>(OssRequest request, Func<HttpResponseMessage, IdleWatch, Task<T>> take, CancellationToken stop)
    {
        var uri = OssAddress.Of(request, options.Endpoints);
        var damaged = 0;
        var began = options.Clock.GetTimestamp();
        log?.Calling(OssActions.Of(request.Name), request.RegionId);
        for (var attempt = 1; ; attempt++)
        {
            var credential = await options.Credentials.GetAsync(stop).ConfigureAwait(false);
            var ahead = TimeSpan.FromTicks(Interlocked.Read(ref _ahead));
            var (outcome, result) = await AttemptAsync(request, uri, credential, options.Clock.GetUtcNow() + ahead, take, stop).ConfigureAwait(false);
            if (outcome.Code is null) return result!;
            var mayPass = outcome.Code switch
            {
                // The service noticed by itself, or we did.
                "BadDigest" or OssDamageException.Code => ++damaged < MostDamaged,
                "RequestTimeTooSkewed" => Adjusts(outcome, ahead),
                // Between the signing and the checking a session may end, or another key take its place.
                "SecurityTokenExpired" or "InvalidSecurityToken" or "InvalidAccessKeyId" => await options.Credentials.GetAsync(stop).ConfigureAwait(false) != credential,
                _ => outcome.MayPass,
            };
            var spent = attempt < LeastAttempts ? TimeSpan.Zero : options.Clock.GetElapsedTime(began);
            if (!options.Retry.Allows(request.Repeat, outcome with { MayPass = mayPass }, attempt, spent, out var delay)) throw Error(request, outcome.Code, outcome.Message, outcome, attempt);
            log?.Retrying(request.Name, request.RegionId, attempt, delay, outcome.Code);
            await Task.Delay(delay, options.Clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>An error that names the request.</summary>
    public static AcsException Error(OssRequest request, string code, string message) => Error(request, code, message, null, 1);

    private async Task<(AttemptOutcome Outcome, T? Result)> AttemptAsync<T>(
        OssRequest request, Uri uri, AcsCredential credential, DateTimeOffset now, Func<HttpResponseMessage, IdleWatch, Task<T>> take, CancellationToken stop)
    {
        using var watch = new IdleWatch(IdleTime, options.Clock, stop);
        using var message = new HttpRequestMessage(request.Method, uri) { Content = request.Body?.Invoke(watch) };
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        Oss4Signature.Sign(message, request, credential, now);
        log?.Sending(request.Name, request.RegionId, request.Target);
        var started = Stopwatch.GetTimestamp();
        AttemptOutcome outcome;
        T? result = default;
        try
        {
            using var response = await http.SendAsync(message, watch.Token).ConfigureAwait(false);
            watch.Touch();
            Hosts.Meet(uri);
            outcome = new AttemptOutcome { HttpStatus = (int)response.StatusCode, RequestId = OssAnswers.Header(response, "x-oss-request-id"), ServerTime = response.Headers.Date };
            if (response.IsSuccessStatusCode) result = await take(response, watch).ConfigureAwait(false);
            else outcome = await OssAnswers.ReadErrorAsync(request, response, outcome, Secrets.Of(credential, message, []), watch).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            var seconds = watch.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            outcome = Failed(AcsErrorCodes.ConnectionFailed, watch.IsIdle ? $"Nothing moved between here and {uri.Host} for {seconds} s." : $"{uri.Host} could not be reached in time.", e) with { IsUnreachable = !watch.IsIdle && Hosts.Lack(uri, e) };
        }
        catch (OssDamageException e)
        {
            outcome = Failed(OssDamageException.Code, e.Message, e);
        }
        // A broken connection shows in the middle of a body as an IOException.
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            outcome = Failed(AcsErrorCodes.ConnectionFailed, $"The connection to {uri.Host} broke off: {e.GetBaseException().Message}", e) with { IsUnreachable = Hosts.Lack(uri, e) };
        }
        log?.Answered(request.Name, request.RegionId, Stopwatch.GetElapsedTime(started), outcome.HttpStatus, outcome.Code, outcome.RequestId);
        return (outcome, result);
    }

    // The official clients go by the service's clock, too, once theirs is refused. False where that changes nothing.
    private bool Adjusts(AttemptOutcome outcome, TimeSpan signed)
    {
        if (outcome.ServerTime is not { } server) return false;
        var ahead = server - options.Clock.GetUtcNow();
        Interlocked.Exchange(ref _ahead, ahead.Ticks);
        return (ahead - signed).Duration() > NoticeableSkew;
    }

    private static AttemptOutcome Failed(string code, string message, Exception cause) => new() { Code = code, Message = message, Cause = cause };

    private static AcsException Error(OssRequest request, string code, string message, AttemptOutcome? outcome, int attempts) => new(code, $"{request.Target}: {message}", outcome?.Cause)
    {
        Operation = request.Name,
        Action = OssActions.Of(request.Name),
        RegionId = request.RegionId,
        HttpStatus = outcome?.HttpStatus,
        RequestId = outcome?.RequestId,
        Attempts = attempts,
        RightHost = outcome?.RightHost,
        Refusal = outcome?.Refusal,
    };
}
