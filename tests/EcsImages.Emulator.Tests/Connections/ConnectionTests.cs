using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace EcsImages.Emulator.Tests.Connections;

/// <summary>HTTP, HTTPS and CONNECT on the one port.</summary>
public sealed class ConnectionTests
{
    private const string Health = "GET /_emulator/health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("ecs.cn-hangzhou.aliyuncs.com")]
    public async Task The_port_answers_over_TLS(string name)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var client = await ConnectAsync(emulator);
        await using var secure = await SecureAsync(emulator, client.GetStream(), name);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(secure, Health), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_leads_to_the_emulator_itself_with_TLS_or_without()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var client = await ConnectAsync(emulator);
        await TunnelAsync(client.GetStream(), "location-readonly.aliyuncs.com:443");
        await using var secure = await SecureAsync(emulator, client.GetStream(), "location-readonly.aliyuncs.com");
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(secure, Health), StringComparison.Ordinal);
        using var plain = await ConnectAsync(emulator);
        await TunnelAsync(plain.GetStream(), "ecs-cn-hangzhou.aliyuncs.com:80");
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(plain.GetStream(), Health), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CONNECT example.com:443 HTTP/1.1\r\n\r\n", "403")]
    [InlineData("CONNECT aliyuncs.com.example.com:443 HTTP/1.1\r\n\r\n", "403")]
    [InlineData("CONNECT ecs.aliyuncs.com HTTP/1.1\r\n\r\n", "400")]
    [InlineData("CONNECT ecs.aliyuncs.com:0 HTTP/1.1\r\n\r\n", "400")]
    [InlineData("CONNECT ecs.aliyuncs.com:70000 HTTP/1.1\r\n\r\n", "400")]
    [InlineData("CONNECT :443 HTTP/1.1\r\n\r\n", "400")]
    [InlineData("CONNECT  HTTP/1.1\r\n\r\n", "400")]
    [InlineData("CONNECT ecs.aliyuncs.com:443\r\n\r\n", "400")]
    public async Task A_tunnel_to_anywhere_else_is_refused_at_once(string request, string status)
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var client = await ConnectAsync(emulator);
        Assert.StartsWith($"HTTP/1.1 {status} ", await AskAsync(client.GetStream(), request), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_in_a_tunnel_and_a_request_for_one_without_end_are_refused()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var client = await ConnectAsync(emulator);
        await TunnelAsync(client.GetStream(), "ecs.aliyuncs.com:443");
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(client.GetStream(), "CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\n\r\n"), StringComparison.Ordinal);
        using var endless = await ConnectAsync(emulator);
        Assert.StartsWith("HTTP/1.1 400 ", await AskAsync(endless.GetStream(), $"CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nA: {new string('a', 8192)}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tunnel_is_opened_however_its_request_is_cut_into_pieces()
    {
        await using var emulator = await TestEmulator.StartAsync();
        using var client = await ConnectAsync(emulator);
        client.NoDelay = true;
        foreach (var piece in Encoding.ASCII.GetBytes("CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\nHost: ecs.aliyuncs.com:443\r\n\r\n"))
            await client.GetStream().WriteAsync(new[] { piece });
        Assert.StartsWith("HTTP/1.1 200 ", await ReadHeadAsync(client.GetStream()), StringComparison.Ordinal);
        Assert.StartsWith("HTTP/1.1 200", await AskAsync(client.GetStream(), Health), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("CONNECT ecs.aliyuncs.com:443 HTTP/1.1\r\n")]
    [InlineData("\u0016\u0003\u0001")]
    [InlineData("GET / HTTP/1.1\r\nHost: loc")]
    public async Task A_client_that_does_not_go_on_is_let_go(string start)
    {
        await using var emulator = await TestEmulator.StartAsync(static o => o with { Patience = TimeSpan.FromMilliseconds(200) });
        using var client = await ConnectAsync(emulator);
        await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(start));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var received = new MemoryStream();
        await client.GetStream().CopyToAsync(received, limit.Token);
        var reply = Encoding.Latin1.GetString(received.ToArray());
        Assert.True(reply.Length == 0 || reply.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), reply);
    }

    [Fact]
    public async Task What_to_trust_is_served_and_stands_in_the_folder()
    {
        await using var emulator = await TestEmulator.StartAsync();
        var reply = await RawHttp.SendAsync(emulator.Address, "GET", "/_emulator/ca.pem", [new("Host", "localhost")], "");
        Assert.Equal(File.ReadAllText(Path.Combine(emulator.Folder, "emulator-ca.pem")), reply.Body);
        Assert.DoesNotContain("PRIVATE", reply.Body, StringComparison.Ordinal);
    }

    private static async Task<TcpClient> ConnectAsync(TestEmulator emulator)
    {
        var client = new TcpClient();
        await client.ConnectAsync(emulator.Address.Host, emulator.Address.Port);
        return client;
    }

    private static async Task<SslStream> SecureAsync(TestEmulator emulator, Stream plain, string name)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(emulator.Folder, "emulator-ca.pem"));
        var secure = new SslStream(plain);
        await secure.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = policy });
        return secure;
    }

    private static async Task TunnelAsync(Stream stream, string target)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n"));
        Assert.StartsWith("HTTP/1.1 200 ", await ReadHeadAsync(stream), StringComparison.Ordinal);
    }

    private static async Task<string> ReadHeadAsync(Stream stream)
    {
        var (head, one) = (new StringBuilder(), new byte[1]);
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            await stream.ReadExactlyAsync(one);
            head.Append((char)one[0]);
        }
        return head.ToString();
    }

    private static async Task<string> AskAsync(Stream stream, string request)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(request));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        using var reader = new StreamReader(stream, leaveOpen: true);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
