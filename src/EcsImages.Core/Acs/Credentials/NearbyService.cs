using System.Net;
using System.Text;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>Asks a service on or beside this machine, which answers at once or not at all.</summary>
internal sealed class NearbyService(HttpMessageInvoker direct, TimeProvider clock)
{
    private const int LongestAnswer = 64 * 1024;

    /// <summary>How long a connection may take, so that a machine without such a service is not held up.</summary>
    public static TimeSpan ConnectTime { get; } = TimeSpan.FromSeconds(1);

    /// <summary>Goes to no proxy and follows no redirect: what comes back is a key.</summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        UseProxy = false,
        UseCookies = false,
        AllowAutoRedirect = false,
        ConnectTimeout = ConnectTime,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
    };

    /// <param name="method">GET or PUT.</param>
    /// <param name="address">Whom to ask.</param>
    /// <param name="header">A header to send; with a null value none.</param>
    /// <param name="patience">How long an answer may take.</param>
    /// <param name="stop">Cancels the question.</param>
    public async Task<NearbyAnswer> AskAsync(HttpMethod method, Uri address, KeyValuePair<string, string?> header, TimeSpan patience, CancellationToken stop)
    {
        using var request = new HttpRequestMessage(method, address);
        if (header.Value is not null) request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        if (method == HttpMethod.Put) request.Content = new ByteArrayContent([]);
        using var slow = new CancellationTokenSource(patience, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, slow.Token);
        try
        {
            using var response = await direct.SendAsync(request, limit.Token).ConfigureAwait(false);
            return new NearbyAnswer((int)response.StatusCode, await ReadAsync(response.Content, limit.Token).ConfigureAwait(false));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // No token of ours has fired: the handler gave up, at its limit for connecting.
            return slow.IsCancellationRequested ? NearbyAnswer.None("it did not answer in time") : NearbyAnswer.Unreachable("it did not answer in time");
        }
        catch (HttpRequestException e)
        {
            return NearbyAnswer.Unreachable(e.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.Unknown ? Innermost(e) : e.Message);
        }
        catch (IOException e)
        {
            return NearbyAnswer.None(e.Message);
        }
    }

    private static async Task<string> ReadAsync(HttpContent content, CancellationToken stop)
    {
        await using var stream = await content.ReadAsStreamAsync(stop).ConfigureAwait(false);
        var bytes = new byte[LongestAnswer + 1];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop).ConfigureAwait(false);
        return length <= LongestAnswer ? Encoding.UTF8.GetString(bytes, 0, length) : throw new IOException($"its answer is longer than {LongestAnswer} bytes");
    }

    private static string Innermost(Exception e)
    {
        while (e.InnerException is not null) e = e.InnerException;
        return e.Message;
    }
}

/// <summary>What came back.</summary>
/// <param name="Status">The HTTP status; null where there was none.</param>
/// <param name="Text">The body; it may be a secret.</param>
internal readonly record struct NearbyAnswer(int? Status, string Text)
{
    /// <summary>Whether nobody was there.</summary>
    public bool IsUnreachable { get; private init; }

    /// <summary>Why there is no answer, or which one it is; never the body.</summary>
    public string Failure { get => Status is { } status ? $"it answered HTTP {status} {(HttpStatusCode)status}" : field ?? ""; private init; }

    public static NearbyAnswer None(string failure) => new(null, "") { Failure = failure };

    public static NearbyAnswer Unreachable(string failure) => new(null, "") { Failure = failure, IsUnreachable = true };

    public override string ToString() => Failure;
}
