using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EcsImages.PowerShell.Tests;

/// <summary>A service on loopback that says who one is, and otherwise answers as it is told, byte for byte.</summary>
internal sealed class FakeService : IDisposable
{
    public const string AccountId = "1234567890123456";

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly Func<FakeRequest, FakeReply> _answer;
    private readonly Task _serving;

    public FakeService(Func<FakeRequest, FakeReply> answer)
    {
        _answer = answer;
        _listener.Start();
        Endpoint = $"http://{_listener.LocalEndpoint}";
        _serving = ServeAsync();
    }

    public string Endpoint { get; }

    /// <summary>What was asked but for who one is, in its order.</summary>
    public ConcurrentQueue<FakeRequest> Requests { get; } = new();

    /// <summary>Done when a request came that gets no answer.</summary>
    public TaskCompletionSource Silent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Dispose()
    {
        _end.Cancel();
        _listener.Stop();
        _serving.GetAwaiter().GetResult();
        _end.Dispose();
    }

    private async Task ServeAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true) open.Add(AnswerAsync(await _listener.AcceptTcpClientAsync(_end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(open);
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                var stream = client.GetStream();
                var request = await FakeRequest.ReadAsync(stream, _end.Token);
                var reply = request.Action == "GetCallerIdentity" ? FakeReply.Json($$"""{"AccountId":"{{AccountId}}","RequestId":"W"}""") : Note(request);
                if (reply.IsSilent)
                {
                    Silent.TrySetResult();
                    await Task.Delay(Timeout.Infinite, _end.Token);
                }
                if (reply.After is { } after) await after.WaitAsync(_end.Token);
                var body = Encoding.UTF8.GetBytes(reply.Body);
                var sent = body.Length - reply.Withheld;
                var head = $"HTTP/1.1 {reply.Status.ToString(CultureInfo.InvariantCulture)} X\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}\r\nConnection: close\r\n{reply.Headers}\r\n";
                await stream.WriteAsync(Encoding.ASCII.GetBytes(head), _end.Token);
                await stream.WriteAsync(body.AsMemory(0, sent), _end.Token);
                if (reply.IsReset) client.Client.LingerState = new LingerOption(true, 0);
            }
            // The caller went away, or the test is over.
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
            }
        }
    }

    private FakeReply Note(FakeRequest request)
    {
        Requests.Enqueue(request);
        return _answer(request);
    }
}
