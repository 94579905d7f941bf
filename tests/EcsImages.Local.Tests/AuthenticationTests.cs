using EcsImages.Core;

namespace EcsImages.Local.Tests;

public sealed class AuthenticationTests
{
    [Fact]
    public async Task A_signed_request_is_answered_with_its_request_id()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.CallAsync("DescribeRegions");
        Assert.Equal(200, answer.Status);
        Assert.Equal(answer.RequestId, answer.Body.GetProperty("RequestId").GetString());
        Assert.Matches("^[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}$", answer.RequestId);
    }

    [Fact]
    public async Task An_unsigned_request_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Tamper = static r => r.Headers.Remove("Authorization");
        var answer = await client.CallAsync("DescribeRegions");
        Assert.Equal((400, "IncompleteSignature"), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_wrong_secret_does_not_match_and_the_answer_shows_no_secret()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var account = client.Account with { Credential = client.Account.Credential with { AccessKeySecret = "not-the-secret" } };
        using var other = new TestClient(endpoint.Endpoint, account, endpoint.Clock);
        var answer = await other.CallAsync("DescribeRegions");
        Assert.Equal((400, "SignatureDoesNotMatch"), (answer.Status, answer.Code));
        Assert.DoesNotContain(client.Account.Credential.AccessKeySecret, answer.Body.ToString());
    }

    [Fact]
    public async Task A_query_changed_after_signing_does_not_match()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Tamper = static r => r.RequestUri = new Uri(r.RequestUri!.AbsoluteUri.Replace("cn-hangzhou", "cn-beijing"));
        Assert.Equal("SignatureDoesNotMatch", (await client.EcsAsync("DescribeImages")).Code);
    }

    [Fact]
    public async Task A_header_of_the_protocol_that_is_not_signed_is_refused()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Tamper = static r => r.Headers.Add("x-acs-security-hint", "none");
        var answer = await client.CallAsync("DescribeRegions");
        Assert.Equal("IncompleteSignature", answer.Code);
        Assert.Contains("x-acs-security-hint", answer.Message);
    }

    [Fact]
    public async Task An_unknown_key_is_not_found()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = new TestClient(endpoint.Endpoint, new LocalAccount("x", "1", new("LTAIunknown", "secret")), endpoint.Clock);
        var answer = await client.CallAsync("DescribeRegions");
        Assert.Equal((404, "InvalidAccessKeyId.NotFound"), (answer.Status, answer.Code));
    }

    [Theory]
    [InlineData(-16, "InvalidTimeStamp.Expired")]
    [InlineData(16, "InvalidTimeStamp.Expired")]
    [InlineData(-14, null)]
    public async Task A_date_counts_within_fifteen_minutes(int minutes, string? code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        var account = await endpoint.Endpoint.OpenAccountAsync("main", CancellationToken.None);
        using var client = new TestClient(endpoint.Endpoint, account, new ManualClock { Now = endpoint.Clock.Now.AddMinutes(minutes) });
        Assert.Equal(code, (await client.CallAsync("DescribeRegions")).Code);
    }

    [Fact]
    public async Task A_nonce_is_good_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        client.Nonce = "once";
        Assert.Equal(200, (await client.CallAsync("DescribeRegions")).Status);
        Assert.Equal("SignatureNonceUsed", (await client.CallAsync("DescribeRegions")).Code);
    }
}
