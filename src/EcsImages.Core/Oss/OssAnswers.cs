using System.Net;
using System.Xml.Linq;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>Reads answers that are no objects, and refusals.</summary>
internal static class OssAnswers
{
    private const int MostBytes = 4 * 1024 * 1024;

    /// <summary>An answer as a whole.</summary>
    /// <exception cref="IOException">It breaks off, or is too large.</exception>
    public static async Task<OssReply> ReadAsync(HttpResponseMessage response, IdleWatch watch)
    {
        var body = await BodyAsync(response, watch).ConfigureAwait(false);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, values) in response.Headers.NonValidated.Concat(response.Content.Headers.NonValidated)) headers[name] = values.ToString();
        return new OssReply(headers, body);
    }

    /// <summary>What a refusal says.</summary>
    /// <param name="request">What was refused.</param>
    /// <param name="response">The refusal.</param>
    /// <param name="common">What is known of it already.</param>
    /// <param name="secrets">What must not be seen in it.</param>
    /// <param name="watch">Told of each piece.</param>
    public static async Task<AttemptOutcome> ReadErrorAsync(OssRequest request, HttpResponseMessage response, AttemptOutcome common, Secrets secrets, IdleWatch watch)
    {
        var body = await BodyAsync(response, watch).ConfigureAwait(false);
        // A HEAD has no body: the XML travels in a header.
        if (body.Length == 0 && Header(response, "x-oss-err") is { } packed && packed.Length % 4 == 0)
        {
            body = new byte[packed.Length];
            body = Convert.TryFromBase64String(packed, body, out var length) ? body[..length] : [];
        }
        var error = OssXml.Read(body);
        var code = error?.Text("Code") ?? response.StatusCode switch
        {
            HttpStatusCode.NotFound => "NoSuchKey",
            HttpStatusCode.PreconditionFailed => "PreconditionFailed",
            HttpStatusCode.Forbidden => "AccessDenied",
            _ => AcsErrorCodes.ReplyUnreadable,
        };
        return common with
        {
            Code = code,
            Message = secrets.Hide(error?.Text("Message") ?? $"OSS answered {(int)response.StatusCode} {response.ReasonPhrase} without saying why."),
            RequestId = error?.Text("RequestId") ?? common.RequestId,
            RightHost = error?.Text("Endpoint"),
            Refusal = Refusal(request, error),
            MayPass = common.HttpStatus is 408 or 429 || code is "RequestTimeout" or "IncompleteBody",
        };
    }

    public static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    // Only RAM names an action; what the ACL or the policy of a bucket refuses is said in the message.
    private static AcsRefusal? Refusal(OssRequest request, XElement? error) =>
        error?.Descendants().Any(static e => e.Name.LocalName == "AuthAction") is true
            ? new AcsRefusal { Action = OssActions.Of(request.Name), Resources = [$"acs:oss:*:*:{request.Target}"] } : null;

    private static async Task<byte[]> BodyAsync(HttpResponseMessage response, IdleWatch watch)
    {
        var stream = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
        using var bytes = new MemoryStream();
        var block = new byte[16 * 1024];
        while (await stream.ReadAsync(block, watch.Token).ConfigureAwait(false) is > 0 and var count)
        {
            watch.Touch();
            if (bytes.Length + count > MostBytes) throw new IOException($"the answer is larger than {MostBytes} bytes");
            bytes.Write(block, 0, count);
        }
        return bytes.ToArray();
    }
}
