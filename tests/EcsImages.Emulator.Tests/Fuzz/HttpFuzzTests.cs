using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace EcsImages.Emulator.Tests.Fuzz;

/// <summary>Mangled requests over sockets: whatever comes, it is the sender's fault, and soon over.</summary>
public sealed partial class HttpFuzzTests
{
    private const int Slice = 3000;
    private const long MostMemory = 512L * 1024 * 1024;

    [Fact]
    public async Task Whatever_bytes_come_none_is_an_error_of_the_server_none_hangs_and_memory_is_bounded()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var samples = Samples();
        var (highest, answered) = (0L, 0);
        for (var i = 0; i < FuzzCases.Count(Slice); i++)
        {
            var random = FuzzCases.RandomOf(i);
            var request = Mutation.Of(samples[random.Next(samples.Length)], random, samples);
            var reply = await SendAsync(emulator.Address, request, i);
            Assert.False(ServerError().IsMatch(reply), FuzzCases.Describe(i, reply, request));
            if (reply.StartsWith("HTTP/1.1 ", StringComparison.Ordinal)) answered++;
            if (i % 100 == 0) highest = Math.Max(highest, GC.GetTotalMemory(forceFullCollection: false));
        }
        Assert.True(highest < MostMemory, $"{highest / 1024 / 1024} MiB were in use.");
        // Many of them are still requests: that nothing is answered would prove nothing.
        Assert.True(answered > FuzzCases.Count(Slice) / 3, $"{answered} were answered.");
        var health = await RawHttp.SendAsync(emulator.Address, "GET", "/_emulator/health", [new("Host", "localhost")], "");
        Assert.Equal(200, health.Status);
    }

    private static byte[][] Samples() =>
    [
        .. VectorFile.All.Cases.Select(static v => Bytes(v.Method, v.Url, v.Headers.Select(static h => (h[0], h[1])), v.Body)),
        Bytes("PUT", "/_emulator/clock", [("Host", "localhost"), ("Content-Type", "application/json")], "{\"advanceSeconds\":60}"),
        Bytes("PUT", "/_emulator/clock", [("Host", "localhost"), ("Content-Type", "application/json")], "{\"now\":\"2026-11-24T12:00:00Z\"}"),
        Bytes("POST", "/_emulator/accounts", [("Host", "localhost"), ("Content-Type", "application/json")], "{\"name\":\"fuzz\",\"accessKeyId\":\"a\",\"accessKeySecret\":\"b\"}"),
        Bytes("GET", "/_emulator/requests?product=ecs", [("Host", "localhost")], ""),
        Bytes("GET", "http://ecs.cn-hangzhou.aliyuncs.com/?Action=DescribeRegions", [("Host", "ecs.cn-hangzhou.aliyuncs.com")], ""),
        Bytes("POST", "/", [("Host", "localhost"), ("Content-Type", "application/json")], "{\"Action\":\"CopyImage\",\"Tag\":[{\"Key\":\"a\",\"Value\":\"b\"}]}"),
        "CONNECT ecs.aliyuncs.com:80 HTTP/1.1\r\n\r\nGET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n"u8.ToArray(),
        "POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n8\r\nAction=A\r\n0\r\nTrailer: 1\r\n\r\n"u8.ToArray(),
    ];

    private static byte[] Bytes(string method, string target, IEnumerable<(string Name, string Value)> headers, string body)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
            if (!name.Equals("content-length", StringComparison.OrdinalIgnoreCase) && !name.Equals("transfer-encoding", StringComparison.OrdinalIgnoreCase)) head.Append(name).Append(": ").Append(value).Append("\r\n");
        return Encoding.UTF8.GetBytes($"{head}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");
    }

    // Everything that comes back until the server is done; a connection that it breaks off is an answer too.
    private static async Task<string> SendAsync(Uri server, byte[] request, int number)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        using var client = new TcpClient();
        using var received = new MemoryStream();
        try
        {
            await client.ConnectAsync(server.Host, server.Port, limit.Token);
            var stream = client.GetStream();
            await stream.WriteAsync(request, limit.Token);
            client.Client.Shutdown(SocketShutdown.Send);
            await stream.CopyToAsync(received, limit.Token);
        }
        catch (IOException)
        {
            // Reset: it had heard enough.
        }
        catch (SocketException)
        {
            // The same, before all was sent.
        }
        catch (OperationCanceledException)
        {
            Assert.Fail(FuzzCases.Describe(number, "no end after 15 s", request));
        }
        return Encoding.Latin1.GetString(received.ToArray());
    }

    // 501 is what OSS says of what it does not have here, 505 what HTTP says of its other versions.
    [GeneratedRegex(@"HTTP/1\.1 5(?!01|05)\d\d ")]
    private static partial Regex ServerError();
}
