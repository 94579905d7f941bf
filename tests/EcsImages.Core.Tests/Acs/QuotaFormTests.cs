using System.Text;
using EcsImages.Core.Acs;
using EcsImages.Core.Quotas;
using EcsImages.Core.Tests.Support;
using EcsImages.Core.Workflows;

namespace EcsImages.Core.Tests.Acs;

/// <summary>Against requests that the official generic client (@alicloud/openapi-client 0.4.15 for Node, callApi with reqBodyType formData) sent to a listener on loopback.</summary>
public sealed class QuotaFormTests
{
    private const string Secret = "exampleSecretOnlyForTests";
    private const string Reason = "Nightly bake: 镜像 + more (a*b~c) 100% 'ok'!";

    private static readonly Recorded Get = new(
        "GetProductQuota", "2026-11-23T23:58:50Z", "6f78f5b05c221c644e8ff3b5e0c75b93",
        "ProductCode=ecs&QuotaActionCode=q_user-image-count&Dimensions.1.Key=regionId&Dimensions.1.Value=cn-hangzhou",
        "59eace618b87a061044d0125a2c3fc6d6fef17a15186c34ca1ef833325bb4f53", "b22fe1e32a207ee322c62458452e61bcd76d6559ea9aa8ce7d9ede414bc18ba6");

    private static readonly Recorded Apply = new(
        "CreateQuotaApplication", "2026-11-23T23:58:50Z", "9e89d73bd486da2e35edb0178a2d788d",
        "ProductCode=ecs&QuotaActionCode=q_user-image-count&DesireValue=200&EnvLanguage=en&Reason=Nightly%20bake%3A%20%E9%95%9C%E5%83%8F%20%2B%20more%20(a*b~c)%20100%25%20'ok'!"
            + "&Dimensions.1.Key=regionId&Dimensions.1.Value=cn-hangzhou",
        "bee76d2452fa78f456bc8748cc73b2b4f593ff88bf3627d2eec2dd519659bef8", "42e034466d716eef9386782176e73358d31d4c2d4e54ecb8763c9f99ca876239");

    [Fact]
    public void The_other_client_signs_the_hash_of_the_form_as_it_travels()
    {
        foreach (var sent in (Recorded[])[Get, Apply])
        {
            Assert.Equal(sent.Hash, Acs3Signature.HashOf(Encoding.UTF8.GetBytes(sent.Body)));
            Assert.Equal(sent.Signature, Acs3Signature.Sign(Secret, Acs3Signature.StringToSign(Acs3Signature.CanonicalRequest("POST", "/", "", sent.Signed, sent.Hash))));
        }
    }

    [Fact]
    public async Task A_quota_is_asked_for_with_the_form_that_the_other_client_sends() =>
        AssertAlike(Get, await SentAsync("""{"Quota":{"TotalQuota":100}}""", static quotas => quotas.GetAsync(ImageQuota.CustomImage, "cn-hangzhou", CancellationToken.None)));

    [Fact]
    public async Task More_is_asked_for_with_the_form_that_the_other_client_sends() =>
        AssertAlike(Apply, await SentAsync("""{"ApplicationId":"a","Status":"Process"}""",
            static quotas => quotas.ApplyAsync(ImageQuota.CustomImage, 100, 200, Reason, "cn-hangzhou", CancellationToken.None)));

    /// <summary>The same method, path, content type and parameters. Spelling and order are the sender's: each signs what it sends.</summary>
    private static void AssertAlike(Recorded other, SentRequest ours)
    {
        Assert.Equal(("POST", "https://quotas.aliyuncs.com/", "application/x-www-form-urlencoded"), (ours.Method, ours.Uri.AbsoluteUri, ours["Content-Type"]));
        Assert.Equal(("2020-05-10", other.Action), (ours["x-acs-version"], ours.Action));
        Assert.Equal(other.Pairs, ours.Pairs.OrderBy(static p => p.Key, StringComparer.Ordinal));
        Assert.Equal(Acs3Signature.HashOf(ours.Body), ours["x-acs-content-sha256"]);
        Assert.Contains("content-type;host;", ours["Authorization"], StringComparison.Ordinal);
        Assert.Equal(ours.ExpectedSignature(TestClient.Key.AccessKeySecret), ours.Signature);
    }

    private static async Task<SentRequest> SentAsync(string reply, Func<ImageQuotas, Task> call)
    {
        using var handler = new ScriptedHandler(Answer.Json(reply));
        await call(new ImageQuotas(TestClient.Access(handler)));
        return Assert.Single(handler.Sent);
    }

    private sealed record Recorded(string Action, string Date, string Nonce, string Body, string Hash, string Signature)
    {
        public KeyValuePair<string, string>[] Signed =>
        [
            new("content-type", "application/x-www-form-urlencoded"), new("host", "127.0.0.1:43495"), new("x-acs-action", Action),
            new("x-acs-content-sha256", Hash), new("x-acs-credentials-provider", "static_ak"), new("x-acs-date", Date),
            new("x-acs-signature-nonce", Nonce), new("x-acs-version", "2020-05-10"),
        ];

        public IEnumerable<KeyValuePair<string, string>> Pairs => Body.Split('&').Select(static p => p.Split('=', 2))
            .Select(static p => new KeyValuePair<string, string>(Uri.UnescapeDataString(p[0]), Uri.UnescapeDataString(p[1]))).OrderBy(static p => p.Key, StringComparer.Ordinal);
    }
}
