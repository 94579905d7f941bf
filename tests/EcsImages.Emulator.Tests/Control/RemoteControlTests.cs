using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography.X509Certificates;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Ecs;
using EcsImages.Emulator.Control;
using Microsoft.AspNetCore.Http;

namespace EcsImages.Emulator.Tests.Control;

/// <summary>The emulator with --allow-remote, as another machine meets it.</summary>
public sealed class RemoteControlTests
{
    private const string Token = "token-of-this-test";
    private const string Session = "/latest/meta-data/ram/security-credentials/EmulatorInstanceRole";
    private static readonly AccessKey Key = new("LTAIremoteTestKey", "remote-secret", "default");

    public static TheoryData<string, string> Asked => new()
    {
        { "GET", "/_emulator/credentials?account=default" },
        { "GET", "/_emulator/accounts" },
        { "GET", "/_emulator/requests" },
        { "GET", "/_emulator/" },
        { "POST", "/_emulator/reset" },
        { "DELETE", "/_emulator/faults" },
        { "GET", Session },
        { "GET", "/latest/meta-data/ram/security-credentials/" },
        { "PUT", "/latest/api/token" },
    };

    [TheoryWithNetwork]
    [MemberData(nameof(Asked))]
    public async Task Another_machine_without_the_token_gets_nothing(string method, string what)
    {
        foreach (var set in (string?[])[null, Token])
        {
            await using var emulator = await StartAsync(set);
            foreach (var sent in (string?[])[null, "", "wrong", Token[..^1]])
            {
                using var reply = await SendAsync(emulator, method, what, sent);
                Assert.Equal(HttpStatusCode.Forbidden, reply.StatusCode);
                Assert.Contains(ControlAccess.Variable, await reply.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }

    [FactWithNetwork]
    public async Task Another_machine_without_the_token_makes_no_account()
    {
        await using var emulator = await StartAsync(null);
        using var http = new HttpClient { BaseAddress = emulator.Address };
        var refused = await http.PostAsJsonAsync("/_emulator/accounts", new { name = "default", accessKeyId = "LTAIintruder", accessKeySecret = "intruder" });
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    [FactWithNetwork]
    public async Task The_metadata_service_by_its_own_name_is_refused_likewise()
    {
        await using var emulator = await StartAsync(null);
        var reply = await RawHttp.SendAsync(emulator.Address, "GET", Session, [new("Host", "100.100.100.200")], "");
        Assert.Equal(403, reply.Status);
        Assert.DoesNotContain("AccessKeySecret", reply.Body, StringComparison.Ordinal);
    }

    [FactWithNetwork]
    public async Task Another_machine_with_the_token_controls_it()
    {
        await using var emulator = await StartAsync(Token);
        foreach (var (method, what, status) in ((string, string, int)[])[("GET", "/_emulator/credentials", 200), ("POST", "/_emulator/reset", 204), ("GET", Session, 200)])
        {
            using var reply = await SendAsync(emulator, method, what, Token);
            Assert.Equal(status, (int)reply.StatusCode);
        }
    }

    [FactWithNetwork]
    public async Task Another_machine_sees_that_it_serves_whom_to_trust_and_what_its_key_may()
    {
        await using var emulator = await StartAsync(null);
        using var http = new HttpClient { BaseAddress = emulator.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/_emulator/health")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/_emulator/ca.pem")).StatusCode);
        // Our own client sends a key over TLS only, when it is not to this machine.
        using var trusting = new SocketsHttpHandler();
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(Path.Combine(emulator.Folder, "emulator-ca.pem"));
        trusting.SslOptions.CertificateChainPolicy = policy;
        var client = new AcsClient(new HttpMessageInvoker(trusting), new AcsClientOptions
        {
            Credentials = new StaticCredentials(new AcsCredential(Key.Id, Key.Secret), "test"),
            Endpoints = AcsEndpoints.At($"https://{emulator.Address.Authority}"),
        });
        Assert.NotEmpty((await client.CallAsync(EcsApi.DescribeRegions, "cn-hangzhou", new DescribeRegionsRequest(), CancellationToken.None)).Regions!.Region);
    }

    /// <summary>Who asks through a proxy on this machine is not on it.</summary>
    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.9")]
    [InlineData("Forwarded", "for=203.0.113.9")]
    public async Task What_a_proxy_on_this_machine_passes_on_needs_the_token(string header, string value)
    {
        await using var emulator = await TestEmulator.StartAsync(static o => o with { Control = new ControlAccess(Token) });
        using var http = new HttpClient { BaseAddress = emulator.Address };
        http.DefaultRequestHeaders.Add(header, value);
        Assert.Equal(HttpStatusCode.Forbidden, (await http.GetAsync("/_emulator/credentials")).StatusCode);
        http.DefaultRequestHeaders.Add(ControlAccess.Header, Token);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/_emulator/credentials")).StatusCode);
    }

    [Fact]
    public async Task This_machine_needs_no_token_even_where_there_is_one()
    {
        await using var emulator = await TestEmulator.StartAsync(static o => o with { Control = new ControlAccess(Token) });
        using var http = new HttpClient { BaseAddress = emulator.Address };
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/_emulator/credentials")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(Session)).StatusCode);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.8.9.10", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)]
    [InlineData("::ffff:127.8.9.10", true)]
    [InlineData("172.17.0.1", false)]
    [InlineData("::ffff:172.17.0.1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("0.0.0.0", false)]
    public void Only_loopback_is_this_machine(string from, bool isHere) =>
        Assert.Equal(isHere, new ControlAccess(token: null).Allows(IPAddress.Parse(from), new HeaderDictionary()));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \n")]
    public void A_variable_without_a_token_lets_nobody_in(string? token)
    {
        var access = new ControlAccess(token);
        Assert.False(access.HasToken);
        Assert.False(access.Allows(IPAddress.Parse("172.17.0.1"), new HeaderDictionary { [ControlAccess.Header] = token }));
    }

    [Fact]
    public void A_token_out_of_a_file_may_end_its_line() =>
        Assert.True(new ControlAccess(Token + "\n").Allows(IPAddress.Parse("172.17.0.1"), new HeaderDictionary { [ControlAccess.Header] = Token }));

    private static Task<TestEmulator> StartAsync(string? token) =>
        TestEmulator.StartAsync(o => o with { Address = OwnAddress.Found!, Control = new ControlAccess(token) }, null, Key);

    private static async Task<HttpResponseMessage> SendAsync(TestEmulator emulator, string method, string what, string? token)
    {
        using var http = new HttpClient { BaseAddress = emulator.Address };
        using var request = new HttpRequestMessage(new HttpMethod(method), what);
        if (token is not null) request.Headers.Add(ControlAccess.Header, token);
        return await http.SendAsync(request);
    }
}
