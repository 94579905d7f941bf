using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Oss;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Oss;

/// <summary>A client of OSS over a function, by a clock on which the pauses between attempts pass at once.</summary>
internal sealed class OssWire : HttpMessageHandler
{
    private int _sent;
    private readonly Func<int, HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> _answer;

    public OssWire(Func<int, HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer, ICredentialSource? key = null, int attempts = 2)
    {
        _answer = answer;
        Client = new OssClient(new HttpMessageInvoker(this), new AcsClientOptions
        {
            Credentials = key ?? new StaticCredentials(TestClient.Key, "test"),
            Clock = Clock,
            Retry = new RetryPolicy { MaxAttempts = attempts, Random = static () => 0.5 },
        }, null);
    }

    /// <summary>What stands still ends after a minute; pauses are shorter.</summary>
    public ManualClock Clock { get; } = new() { Jumps = static due => due < TimeSpan.FromSeconds(30) };

    public OssClient Client { get; }

    public int Sent => Volatile.Read(ref _sent);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _answer(Interlocked.Increment(ref _sent), request, cancellationToken);

    public static HttpResponseMessage Refusal(int status, string code, params (string Name, string Value)[] headers)
    {
        var response = new HttpResponseMessage((System.Net.HttpStatusCode)status) { Content = new StringContent($"<Error><Code>{code}</Code><Message>No.</Message><RequestId>R</RequestId></Error>") };
        foreach (var (name, value) in headers) response.Headers.TryAddWithoutValidation(name, value);
        return response;
    }
}
