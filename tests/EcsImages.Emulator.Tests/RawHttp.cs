using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace EcsImages.Emulator.Tests;

/// <summary>HTTP/1.1 as bytes: what is sent is exactly what a test says, and the reply is read to its end.</summary>
internal static class RawHttp
{
    private static readonly string[] Framing = ["content-length", "transfer-encoding", "connection", "expect"];

    public static async Task<RawReply> SendAsync(Uri server, string method, string target, IEnumerable<KeyValuePair<string, string>> headers, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{method} {target} HTTP/1.1\r\n");
        foreach (var (name, value) in headers)
            if (!Framing.Contains(name.ToLowerInvariant())) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        head.Append(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\nConnection: close\r\n\r\n");
        return await SendAsync(server, [.. Encoding.UTF8.GetBytes(head.ToString()), .. bytes]);
    }

    public static async Task<RawReply> SendAsync(Uri server, byte[] request)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port);
        var stream = client.GetStream();
        await stream.WriteAsync(request);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var received = new MemoryStream();
        await stream.CopyToAsync(received, limit.Token);
        var text = Encoding.UTF8.GetString(received.ToArray());
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"No reply, but '{text}'.");
        var lines = text[..end].Split("\r\n");
        return new RawReply(int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture), lines[1..], text[(end + 4)..]);
    }
}

internal sealed record RawReply(int Status, IReadOnlyList<string> Headers, string Body)
{
    public string? Header(string name) => Headers.FirstOrDefault(h => h.StartsWith(name + ":", StringComparison.OrdinalIgnoreCase))?[(name.Length + 1)..].Trim();

    public override string ToString() => $"{Status} {Body}";
}
