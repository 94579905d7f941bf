using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace EcsImages.Emulator.Tests.Connections;

/// <summary>What is too large, or said in two ways, is refused in words that clients understand.</summary>
public sealed class LimitTests : IAsyncLifetime
{
    private TestEmulator _emulator = null!;

    public static TheoryData<string, string, int> TooLarge => new()
    {
        { "GET /?Action=DescribeRegions&Version=2014-05-26&a=" + new string('a', 600_000), "Host: localhost\r\n", 414 },
        { "GET /?" + string.Join('&', Enumerable.Range(0, 1100).Select(static i => $"a{i}=1")), "Host: localhost\r\n", 400 },
        { "GET /", "Host: localhost\r\n" + string.Concat(Enumerable.Range(0, 120).Select(static i => $"a{i}: 1\r\n")), 431 },
        { "GET /", $"Host: localhost\r\na: {new string('a', 70_000)}\r\n", 431 },
        { "POST /", "Host: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 2000000\r\n", 413 },
        { "POST /", "Host: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n", 400 },
        { "GET /", "Host: evil.example\r\n", 421 },
    };

    public async Task InitializeAsync() => _emulator = await TestEmulator.StartAsync();

    public async Task DisposeAsync() => await _emulator.DisposeAsync();

    [Theory]
    [MemberData(nameof(TooLarge))]
    public async Task A_call_is_refused_in_JSON_with_code_and_message(string line, string headers, int status)
    {
        var reply = await SendAsync($"{line} HTTP/1.1\r\n{headers}\r\n{EmptyBody(headers)}");
        Assert.Equal(status, reply.Status);
        Assert.Equal("application/json;charset=utf-8", reply.Header("Content-Type"));
        var error = JsonDocument.Parse(reply.Body).RootElement;
        Assert.StartsWith("InvalidRequest.", error.GetProperty("Code").GetString(), StringComparison.Ordinal);
        Assert.NotEmpty(error.GetProperty("Message").GetString()!);
        Assert.Equal(reply.Header("x-acs-request-id"), error.GetProperty("RequestId").GetString());
    }

    [Theory]
    [MemberData(nameof(TooLarge))]
    public async Task A_request_to_OSS_is_refused_in_XML_with_code_and_message(string line, string headers, int status)
    {
        if (status is 413 or 421) return;
        var reply = await SendAsync($"{line} HTTP/1.1\r\n{headers.Replace("Host: localhost", "Host: b.oss-cn-hangzhou.aliyuncs.com", StringComparison.Ordinal)}\r\n{EmptyBody(headers)}");
        Assert.Equal(status, reply.Status);
        Assert.Equal("application/xml", reply.Header("Content-Type"));
        var error = XDocument.Parse(reply.Body).Root!;
        Assert.Equal("InvalidRequest", error.Element("Code")!.Value);
        Assert.Equal(reply.Header("x-oss-request-id"), error.Element("RequestId")!.Value);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("application/json")]
    public async Task More_parameters_in_a_body_than_any_operation_takes_are_refused(string type)
    {
        var body = type == "application/json" ? $"{{\"a\":[{string.Join(',', Enumerable.Range(0, 5000))}]}}"
            : string.Join('&', Enumerable.Range(0, 5000).Select(static i => $"a.{i}=1"));
        var reply = await RawHttp.SendAsync(_emulator.Address, "POST", "/", [new("Host", "localhost"), new("Content-Type", type)], body);
        Assert.Equal(400, reply.Status);
        Assert.Contains("InvalidRequest.Parameters", reply.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a.")]
    [InlineData("1.")]
    public async Task A_name_of_very_many_parts_takes_no_time(string part)
    {
        var name = string.Concat(Enumerable.Repeat(part, 100_000));
        var reply = await RawHttp.SendAsync(_emulator.Address, "POST", "/", [new("Host", "localhost"), new("Content-Type", "application/x-www-form-urlencoded")], $"{name}=1&Tag.{name}=2");
        Assert.Equal(400, reply.Status);
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\nHost: a.aliyuncs.com\r\nHost: b.aliyuncs.com\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked, identity\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding : chunked\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: localhost\r\nA: 1\r\n b\r\n\r\n")]
    [InlineData("GET http://ecs.aliyuncs.com/ HTTP/1.1\r\nHost: sts.aliyuncs.com\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n")]
    [InlineData("\0\0\0\0\r\n\r\n")]
    public async Task A_request_that_two_servers_may_read_in_two_ways_is_refused(string request)
    {
        var reply = await SendAsync(request);
        Assert.Equal(400, reply.Status);
    }

    [Fact]
    public async Task After_two_lengths_nothing_more_is_read_from_the_connection()
    {
        var reply = await SendAsync("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\nGET /_emulator/health HTTP/1.1\r\nHost: localhost\r\n\r\n");
        Assert.Equal(400, reply.Status);
        Assert.DoesNotContain("HTTP/1.1", reply.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sender_of_a_body_that_does_not_go_on_is_let_go()
    {
        await using var emulator = await TestEmulator.StartAsync(static o => o with { Patience = TimeSpan.FromMilliseconds(300) });
        var reply = await RawHttp.SendAsync(emulator.Address, Encoding.ASCII.GetBytes("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"));
        Assert.Equal(408, reply.Status);
        Assert.Equal("RequestTimeout", JsonDocument.Parse(reply.Body).RootElement.GetProperty("Code").GetString());
    }

    private static string EmptyBody(string headers) => headers.Contains("chunked", StringComparison.Ordinal) ? "0\r\n\r\n" : "";

    private Task<RawReply> SendAsync(string request) => RawHttp.SendAsync(_emulator.Address, Encoding.ASCII.GetBytes(request));
}
