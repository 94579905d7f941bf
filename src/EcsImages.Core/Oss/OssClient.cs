using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>Sends requests to OSS: signs each attempt anew, repeats what may be repeated, and turns failures into <see cref="AcsException"/>.</summary>
/// <remarks>An attempt ends when nothing has moved for <see cref="IdleTime"/>, however long the whole takes.</remarks>
internal sealed partial class OssClient(HttpMessageInvoker http, AcsClientOptions options, ICallLog? log)
{
    private const int MostReplyBytes = 4 * 1024 * 1024;

    /// <summary>How long nothing may move.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Sends a request whose answer is short.</summary>
    /// <exception cref="AcsException">OSS refused, or no usable answer came.</exception>
    /// <exception cref="CredentialException">There is no usable credential.</exception>
    public Task<OssReply> SendAsync(OssRequest request, CancellationToken stop) => SendAsync(request, static async (response, watch) =>
    {
        var body = await ReadAsync(response, watch).ConfigureAwait(false);
        return new OssReply(Headers(response), body);
    }, stop);

    /// <summary>Sends a request and hands its answer on as it streams in; again from the start where an attempt breaks off.</summary>
    public async Task<T> SendAsync<T>(OssRequest request, Func<HttpResponseMessage, IdleWatch, Task<T>> take, CancellationToken stop)
    {
        var uri = Address(request);
        log?.Calling(OssActions.Of(request.Name), request.RegionId);
        for (var attempt = 1; ; attempt++)
        {
            var (outcome, result) = await AttemptAsync(request, uri, take, stop).ConfigureAwait(false);
            if (outcome.Code is null) return result!;
            if (!options.Retry.Allows(request.Repeat, outcome, attempt, out var delay)) throw Error(request, outcome.Code, outcome.Message, outcome, attempt);
            log?.Retrying(request.Name, request.RegionId, attempt, delay, outcome.Code);
            await Task.Delay(delay, options.Clock, stop).ConfigureAwait(false);
        }
    }

    /// <summary>An error that names the request.</summary>
    public static AcsException Error(OssRequest request, string code, string message) => Error(request, code, message, null, 1);

    private async Task<(AttemptOutcome Outcome, T? Result)> AttemptAsync<T>(OssRequest request, Uri uri, Func<HttpResponseMessage, IdleWatch, Task<T>> take, CancellationToken stop)
    {
        var credential = await options.Credentials.GetAsync(stop).ConfigureAwait(false);
        using var watch = new IdleWatch(IdleTime, options.Clock, stop);
        using var message = new HttpRequestMessage(request.Method, uri) { Content = request.Body?.Invoke(watch) };
        message.Headers.TryAddWithoutValidation("User-Agent", options.UserAgent);
        foreach (var (name, value) in request.Headers)
            if (!message.Headers.TryAddWithoutValidation(name, value)) message.Content?.Headers.TryAddWithoutValidation(name, value);
        Oss4Signature.Sign(message, request, credential, options.Clock.GetUtcNow());
        log?.Sending(request.Name, request.RegionId, request.Target);
        var started = Stopwatch.GetTimestamp();
        AttemptOutcome outcome;
        T? result = default;
        try
        {
            using var response = await http.SendAsync(message, watch.Token).ConfigureAwait(false);
            watch.Touch();
            outcome = new AttemptOutcome { HttpStatus = (int)response.StatusCode, RequestId = Header(response, "x-oss-request-id") };
            if (response.IsSuccessStatusCode) result = await take(response, watch).ConfigureAwait(false);
            else outcome = await ReadErrorAsync(request, response, outcome, Secrets.Of(credential, message, []), watch).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!stop.IsCancellationRequested)
        {
            var seconds = watch.Limit.TotalSeconds.ToString(CultureInfo.InvariantCulture);
            outcome = Failed(watch.IsIdle ? $"Nothing moved between here and {uri.Host} for {seconds} s." : $"{uri.Host} could not be reached in time.", e);
        }
        // A broken connection shows in the middle of a body as an IOException.
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            outcome = Failed($"The connection to {uri.Host} broke off: {e.GetBaseException().Message}", e);
        }
        log?.Answered(request.Name, request.RegionId, Stopwatch.GetElapsedTime(started), outcome.HttpStatus, outcome.Code, outcome.RequestId);
        return (outcome, result);
    }

    // A bucket becomes part of a host name; at an address of the caller's own it stands in the path.
    private Uri Address(OssRequest request)
    {
        if (!BucketName().IsMatch(request.Bucket))
            throw Error(request, "InvalidBucketName", $"'{request.Bucket}' is no name of a bucket: it has 3 to 63 lower-case letters, digits or '-', and none of those at its ends.");
        if (!AcsEndpoints.IsRegionId(request.RegionId)) throw Error(request, "InvalidRegionId.NotFound", $"'{request.RegionId}' is not a region id; they look like cn-hangzhou.");
        var path = Oss4Signature.Path(request.Key ?? "");
        var address = options.Endpoints.Fixed is { } own && !own.Host.EndsWith(".aliyuncs.com", StringComparison.OrdinalIgnoreCase)
            ? $"{own.GetLeftPart(UriPartial.Authority)}/{request.Bucket}/{path}"
            : $"https://{request.Bucket}.oss-{request.RegionId}.aliyuncs.com/{path}";
        var query = Oss4Signature.Query(request);
        // What is signed is what travels: dots in a key are no steps of a path.
        return new Uri(query.Length == 0 ? address : $"{address}?{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    private static async Task<AttemptOutcome> ReadErrorAsync(OssRequest request, HttpResponseMessage response, AttemptOutcome common, Secrets secrets, IdleWatch watch)
    {
        var body = await ReadAsync(response, watch).ConfigureAwait(false);
        // A HEAD has no body: the XML travels in a header.
        if (body.Length == 0 && Header(response, "x-oss-err") is { } packed && packed.Length % 4 == 0)
        {
            body = new byte[packed.Length];
            body = Convert.TryFromBase64String(packed, body, out var length) ? body[..length] : [];
        }
        var error = OssXml.Read(body);
        return common with
        {
            Code = error?.Text("Code") ?? response.StatusCode switch
            {
                HttpStatusCode.NotFound => "NoSuchKey",
                HttpStatusCode.PreconditionFailed => "PreconditionFailed",
                HttpStatusCode.Forbidden => "AccessDenied",
                _ => AcsErrorCodes.ReplyUnreadable,
            },
            Message = secrets.Hide(error?.Text("Message") ?? $"OSS answered {(int)response.StatusCode} {response.ReasonPhrase} without saying why."),
            RequestId = error?.Text("RequestId") ?? common.RequestId,
            RightHost = error?.Text("Endpoint"),
            Refusal = Refusal(request, error),
        };
    }

    // Only RAM names an action; what the ACL or the policy of a bucket refuses is said in the message.
    private static AcsRefusal? Refusal(OssRequest request, XElement? error) =>
        error?.Descendants().Any(static e => e.Name.LocalName == "AuthAction") is true
            ? new AcsRefusal { Action = OssActions.Of(request.Name), Resources = [$"acs:oss:*:*:{request.Target}"] } : null;

    private static async Task<byte[]> ReadAsync(HttpResponseMessage response, IdleWatch watch)
    {
        var stream = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var block = new byte[16 * 1024];
        while (await stream.ReadAsync(block, watch.Token).ConfigureAwait(false) is > 0 and var count)
        {
            watch.Touch();
            if (bytes.Length + count > MostReplyBytes) throw new IOException($"the answer is larger than {MostReplyBytes} bytes");
            bytes.Write(block, 0, count);
        }
        return bytes.ToArray();
    }

    private static Dictionary<string, string> Headers(HttpResponseMessage response)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)) headers[name] = values.ToString();
        return headers;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static AttemptOutcome Failed(string message, Exception cause) => new() { Code = AcsErrorCodes.ConnectionFailed, Message = message, Cause = cause };

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

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$", RegexOptions.CultureInvariant)]
    private static partial Regex BucketName();
}
