using System.Globalization;
using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Acs;

public sealed class SignatureVectorTests
{
    // Its client leaves names unencoded where it signs; names of the API need no encoding, so that both agree on them.
    private const string BareNames = "generic-key-encoding";

    public static TheoryData<string> Ids => [.. VectorFile.All.Cases.Select(static c => c.Id)];

    public static TheoryData<string> WithQuery => [.. VectorFile.All.Cases.Where(static c => c.Query.Count > 0 && c is { Method: "POST", Body: "", Id: not BareNames }).Select(static c => c.Id)];

    [Fact]
    public void The_published_example_and_the_recorded_clients_are_among_the_vectors()
    {
        Assert.Equal(34, VectorFile.All.Cases.Count);
        Assert.Contains(VectorFile.All.Cases, static c => c.Id == "pub-acs3-runinstances");
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void What_another_client_sent_gets_the_signature_that_it_sent(string id)
    {
        var sent = VectorFile.All.Cases.Single(c => c.Id == id);
        KeyValuePair<string, string>[] signed = [.. sent.SignedHeaders.Select(n => new KeyValuePair<string, string>(n, sent.Header(n)))];

        var query = id == BareNames
            ? string.Join('&', sent.Query.OrderBy(static p => p.Key, StringComparer.Ordinal).Select(static p => $"{p.Key}={StrictEncoding.Encode(p.Value)}"))
            : StrictEncoding.CanonicalQuery(sent.Query);

        var canonical = Acs3Signature.CanonicalRequest(
            sent.Method, sent.Path, query, signed, Acs3Signature.HashOf(Encoding.UTF8.GetBytes(sent.Body)));

        Assert.Equal(sent.CanonicalRequest.Split('\n')[2], query);
        Assert.Equal(sent.CanonicalRequest, canonical);
        Assert.Equal(sent.StringToSign, Acs3Signature.StringToSign(canonical));
        Assert.Equal(sent.Signature, Acs3Signature.Sign(VectorFile.All.Secrets[sent.KeyId], sent.StringToSign));
    }

    [Theory]
    [MemberData(nameof(WithQuery))]
    public async Task A_request_of_ours_with_the_same_parameters_carries_a_signature_that_the_service_would_compute(string id)
    {
        var like = VectorFile.All.Cases.Single(c => c.Id == id);
        var secret = VectorFile.All.Secrets[like.KeyId];
        var token = like.Has("x-acs-security-token") ? like.Header("x-acs-security-token") : null;
        var operation = EcsApi.DescribeImages with { Name = like.Header("x-acs-action") };

        using var request = Acs3Request.Create(
            new Uri("https://ecs.cn-hangzhou.aliyuncs.com/"), operation, like.Query, new AcsCredential(like.KeyId, secret, token),
            DateTimeOffset.Parse(like.Header("x-acs-date"), CultureInfo.InvariantCulture), like.Header("x-acs-signature-nonce"));
        var sent = await SentRequest.ReadAsync(request);

        Assert.Equal(sent.ExpectedSignature(secret), sent.Signature);
        Assert.Equal(like.CanonicalRequest.Split('\n')[2], sent.Uri.Query.TrimStart('?'));
        Assert.Equal(token, sent.Headers.GetValueOrDefault("x-acs-security-token"));
    }

    [Fact]
    public async Task The_published_example_is_reproduced_to_the_byte()
    {
        var example = VectorFile.All.Cases.Single(static c => c.Id == "pub-acs3-runinstances");
        using var request = Acs3Request.Create(
            new Uri("https://ecs.cn-shanghai.aliyuncs.com"), EcsApi.RunInstances, example.Query, new AcsCredential("YourAccessKeyId", "YourAccessKeySecret"),
            DateTimeOffset.Parse(example.Header("x-acs-date"), CultureInfo.InvariantCulture), example.Header("x-acs-signature-nonce"));

        Assert.Equal(example.Header("Authorization"), (await SentRequest.ReadAsync(request))["Authorization"]);
    }

    [Fact]
    public async Task Parameters_in_the_body_are_a_signed_form_and_leave_the_query_empty()
    {
        var operation = EcsApi.DescribeImages with { Product = AcsProduct.Ecs with { ParametersInBody = true } };
        using var request = Acs3Request.Create(
            new Uri("http://127.0.0.1:8801"), operation, [new("b", "1 2"), new("a", "镜像*")], TestClient.Key, DateTimeOffset.UnixEpoch, "n");
        var sent = await SentRequest.ReadAsync(request);

        Assert.Equal("a=%E9%95%9C%E5%83%8F%2A&b=1%202", Encoding.UTF8.GetString(sent.Body));
        Assert.Empty(sent.Uri.Query);
        Assert.Equal("127.0.0.1:8801", sent["Host"]);
        Assert.Equal(sent.ExpectedSignature(TestClient.Key.AccessKeySecret), sent.Signature);
    }

    [Fact]
    public async Task A_request_without_a_credential_is_not_signed()
    {
        using var request = Acs3Request.Create(new Uri("http://127.0.0.1"), EcsApi.DescribeImages, [], null, DateTimeOffset.UnixEpoch, "n");
        var sent = await SentRequest.ReadAsync(request);
        Assert.DoesNotContain("Authorization", sent.Headers.Keys);
        Assert.Equal("1970-01-01T00:00:00Z", sent["x-acs-date"]);
    }
}
