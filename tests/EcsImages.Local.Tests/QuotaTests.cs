using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Acs.Credentials;
using EcsImages.Core.Quotas;
using EcsImages.Core.Workflows;

namespace EcsImages.Local.Tests;

public sealed class QuotaTests
{
    private const string Images = "q_user-image-count";
    private const string Shares = "q_user-per-image-shared-user-count";
    private static readonly TimeSpan Decided = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task A_quota_shows_what_is_used_at_that_time_in_that_region_by_that_account()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        using var other = await QuotaClientAsync(endpoint, "other");
        endpoint.AddImage(client, "web-1");
        endpoint.AddImage(client, "web-2", static i => i with { Duration = TimeSpan.FromHours(1) });
        endpoint.AddImage(client, "far", static i => i with { RegionId = "cn-beijing" });
        Assert.Equal((100, 2, true, true), Figures(await GetAsync(client, Images)));
        Assert.Equal((100, 1, true, true), Figures(await GetAsync(client, Images, "cn-beijing")));
        Assert.Equal((100, 0, true, true), Figures(await GetAsync(other, Images)));
        Assert.Equal([101, 1000], (await GetAsync(client, Images)).GetProperty("ApplicableRange").EnumerateArray().Select(static v => v.GetInt32()));
    }

    [Fact]
    public async Task The_quota_of_shares_is_one_of_each_image_and_shows_the_fullest()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        using var ecs = await endpoint.ClientAsync();
        await ShareAsync(endpoint, ecs, endpoint.AddImage(client, "two").Id, 1, 2);
        await ShareAsync(endpoint, ecs, endpoint.AddImage(client, "three").Id, 1, 3);
        Assert.Equal((50, 3, true, false), Figures(await GetAsync(client, Shares)));
    }

    [Fact]
    public async Task More_images_are_agreed_a_second_later_and_can_then_be_made()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        using var ecs = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "system", 40);
        endpoint.AddImages(client, 100, static (i, _) => i);
        await ecs.RefusedAsync(403, "QuotaExceed.Image", "CreateImage", ("SnapshotId", snapshot));
        var applied = await ApplyAsync(client, Images, "101");
        Assert.Equal(("Process", 101), (applied.Text("Status"), applied.Body.GetProperty("DesireValue").GetInt32()));
        var meanwhile = await GetAsync(client, Images);
        Assert.Equal(((100, 100, false, true), "applicationProcess"), (Figures(meanwhile), meanwhile.GetProperty("UnadjustableDetail").GetString()));
        await ecs.RefusedAsync(403, "QuotaExceed.Image", "CreateImage", ("SnapshotId", snapshot));
        endpoint.Clock.Advance(Decided);
        Assert.Equal((101, 100, true, true), Figures(await GetAsync(client, Images)));
        await ecs.CreateAsync(("SnapshotId", snapshot));
        await ecs.RefusedAsync(403, "QuotaExceed.Image", "CreateImage", ("SnapshotId", snapshot));
        Assert.Equal((100, 0, true, true), Figures(await GetAsync(client, Images, "cn-beijing")));
    }

    [Fact]
    public async Task More_shares_of_an_image_are_agreed_and_the_next_account_gets_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        using var ecs = await endpoint.ClientAsync();
        var id = endpoint.AddImage(client, "web").Id;
        for (var i = 0; i < 5; i++) await ShareAsync(endpoint, ecs, id, (10 * i) + 1, 10);
        await endpoint.Endpoint.OpenAccountAsync(Account(51), CancellationToken.None);
        await ecs.RefusedAsync(403, "QuotaExceed.ShareImageUser", "ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", Account(51)));
        await ApplyAsync(client, Shares, "60");
        endpoint.Clock.Advance(Decided);
        await ShareAsync(endpoint, ecs, id, 51, 1);
        Assert.Equal((60, 51, true, false), Figures(await GetAsync(client, Shares)));
    }

    [Fact]
    public async Task What_was_agreed_outlives_the_process_and_ends_when_it_was_asked_for_a_time()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        await ApplyAsync(client, Images, "200");
        await ApplyAsync(client, Shares, "70", ("EffectiveTime", "2026-11-01T13:00:00Z"), ("ExpireTime", "2026-11-01T14:00:00Z"));
        await using var later = await endpoint.OpenAsync();
        using var again = await QuotaClientAsync(endpoint, opened: later);
        endpoint.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal((200, 50), ((await GetAsync(again, Images)).GetProperty("TotalQuota").GetInt32(), (await GetAsync(again, Shares)).GetProperty("TotalQuota").GetInt32()));
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(70, (await GetAsync(again, Shares)).GetProperty("TotalQuota").GetInt32());
        endpoint.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(50, (await GetAsync(again, Shares)).GetProperty("TotalQuota").GetInt32());
    }

    [Theory]
    [InlineData("QUOTA.NOT.FOUND", "QuotaActionCode=q_none")]
    [InlineData("QUOTA.NOT.FOUND", "ProductCode=ecs-spec")]
    [InlineData("QUOTA.NOT.FOUND", "QuotaCategory=FlowControl")]
    [InlineData("QUOTA.NOT.FOUND", "Dimensions.1.Value=cn-nowhere")]
    [InlineData("InvalidParameter", "QuotaCategory=Uncommon")]
    [InlineData("InvalidParameter", "Dimensions.1.Key=zoneId")]
    [InlineData("InvalidParameter", "Dimensions.2.Key=regionId", "Dimensions.2.Value=cn-beijing")]
    [InlineData("MissingParameter", "Dimensions.1.Key=", "Dimensions.1.Value=")]
    [InlineData("MissingParameter", "Reason=")]
    [InlineData("MissingParameter", "DesireValue=")]
    [InlineData("InvalidParameter", "DesireValue=many")]
    [InlineData("InvalidDesireValue", "DesireValue=0")]
    [InlineData("InvalidDesireValue", "DesireValue=-5")]
    [InlineData("InvalidDesireValue", "DesireValue=150.5")]
    [InlineData("QUOTA.DESIREVALUE.ILLEGAL", "DesireValue=100")]
    [InlineData("QUOTA.DESIREVALUE.ILLEGAL", "DesireValue=1001")]
    [InlineData("InvalidNoticeType", "NoticeType=1")]
    [InlineData("InvalidParameter", "EnvLanguage=fr")]
    [InlineData("InvalidParameter", "AuditMode=Later")]
    [InlineData("InvalidParameter", "EffectiveTime=tomorrow")]
    [InlineData("InvalidParameter", "ExpireTime=2026-10-01T00:00:00Z")]
    [InlineData("InvalidParameter", "Colour=red")]
    public async Task A_wrong_application_is_refused_with_the_services_code_and_asks_for_nothing(string code, params string[] wrong)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        var given = new Dictionary<string, string>
        {
            ["ProductCode"] = "ecs",
            ["QuotaActionCode"] = Images,
            ["DesireValue"] = "200",
            ["Reason"] = "more",
            ["Dimensions.1.Key"] = "regionId",
            ["Dimensions.1.Value"] = "cn-hangzhou",
        };
        foreach (var pair in wrong.Select(static w => w.Split('=', 2))) given[pair[0]] = pair[1];
        var answer = await client.CallAsync("CreateQuotaApplication", [.. given.Select(static g => (g.Key, g.Value))]);
        Assert.Equal((400, code), (answer.Status, answer.Code));
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM quota_application"));
    }

    [Fact]
    public async Task One_application_at_a_time_and_none_beyond_the_most()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        await ApplyAsync(client, Images, "500");
        await RefusedAsync("QUOTA.APPLICATION.PROCESS", "600");
        endpoint.Clock.Advance(Decided);
        Assert.Equal("Agree", (await ApplyAsync(client, Images, "1000", ("AuditMode", "Sync"))).Text("Status"));
        var full = await GetAsync(client, Images);
        Assert.Equal((false, "limitReached", 0), (full.GetProperty("Adjustable").GetBoolean(), full.GetProperty("UnadjustableDetail").GetString(), full.GetProperty("ApplicableRange").GetArrayLength()));
        await RefusedAsync("QUOTA.NOT.ADJUSTABLE", "1001");

        async Task RefusedAsync(string code, string value)
        {
            var answer = await client.CallAsync("CreateQuotaApplication", [.. Which(Images, "cn-hangzhou"), ("DesireValue", value), ("Reason", "more")]);
            Assert.Equal((400, code), (answer.Status, answer.Code));
        }
    }

    [Fact]
    public async Task Quotas_are_listed_a_page_at_a_time()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        var first = await ListAsync(("MaxResults", "1"));
        var second = await ListAsync(("MaxResults", "1"), ("NextToken", first.Text("NextToken")));
        Assert.Equal((Images, Shares, 2), (Code(first), Code(second), first.TotalCount));
        Assert.False(second.Body.TryGetProperty("NextToken", out _));
        Assert.Equal(Shares, Code(await ListAsync(("SortField", "TOTAL"), ("SortOrder", "Ascending"))));
        Assert.Equal(Shares, Code(await ListAsync(("KeyWord", "SHARED"))));
        Assert.Equal(1, (await ListAsync(("QuotaActionCode", Images))).TotalCount);
        Assert.Equal(0, (await ListAsync(("QuotaCategory", "FlowControl"))).TotalCount);
        Assert.Equal("ecs", (await client.CallAsync("ListProducts")).Body.GetProperty("ProductInfo")[0].GetProperty("ProductCode").GetString());

        async Task<Answer> ListAsync(params (string, string)[] more)
        {
            var answer = await client.CallAsync("ListProductQuotas", [("ProductCode", "ecs"), .. Region("cn-hangzhou"), .. more]);
            Assert.True(answer.Status == 200, answer.Body.ToString());
            return answer;
        }

        static string? Code(Answer list) => list.Body.GetProperty("Quotas")[0].GetProperty("QuotaActionCode").GetString();
    }

    [Fact]
    public async Task Without_dimensions_a_list_has_a_row_for_each_region_and_one_quota_is_that_of_the_usual_region()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        endpoint.AddImage(client, "far", static i => i with { RegionId = "cn-beijing" });
        var seen = new List<(string Region, int Used)>();
        for (var token = ""; token is not null;)
        {
            var page = await ListAsync([("QuotaActionCode", Images), ("MaxResults", "10"), .. token.Length == 0 ? [] : new[] { ("NextToken", token) }]);
            seen.AddRange(page.Body.GetProperty("Quotas").EnumerateArray().Select(static q => (q.GetProperty("Dimensions").GetProperty("regionId").GetString()!, q.GetProperty("TotalUsage").GetInt32())));
            token = page.Body.TryGetProperty("NextToken", out var next) ? next.GetString() : null;
        }
        Assert.Equal(Local.Catalog.Regions.All.Select(static r => (r.Id, r.Id == "cn-beijing" ? 1 : 0)), seen);
        Assert.Equal(2 * seen.Count, (await ListAsync([])).TotalCount);
        var one = await client.CallAsync("GetProductQuota", ("ProductCode", "ecs"), ("QuotaActionCode", Images));
        Assert.Equal("cn-hangzhou", one.Body.GetProperty("Quota").GetProperty("Dimensions").GetProperty("regionId").GetString());

        Task<Answer> ListAsync((string, string)[] more) => client.CallAsync("ListProductQuotas", [("ProductCode", "ecs"), .. more]);
    }

    [Theory]
    [InlineData("zoneId", "cn-hangzhou-h")]
    [InlineData("chargeType", "PostPaid")]
    [InlineData("networkType", "vpc")]
    [InlineData("regionId", "cn-atlantis")]
    public async Task A_dimension_that_no_quota_of_images_has_selects_none(string key, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        (string, string)[] dimension = [("Dimensions.1.Key", key), ("Dimensions.1.Value", value)];
        var list = await client.CallAsync("ListProductQuotas", [("ProductCode", "ecs"), .. dimension]);
        Assert.Equal((200, 0), (list.Status, list.TotalCount));
        var one = await client.CallAsync("GetProductQuota", [("ProductCode", "ecs"), ("QuotaActionCode", Images), .. dimension]);
        Assert.Equal((400, "QUOTA.NOT.FOUND"), (one.Status, one.Code));
    }

    [Theory]
    [InlineData("INVALID.MAX.RESULTS", "MaxResults", "0")]
    [InlineData("INVALID.MAX.RESULTS", "MaxResults", "101")]
    [InlineData("InvalidSortOrder", "SortOrder", "Upwards")]
    [InlineData("InvalidParameter", "SortField", "COLOUR")]
    [InlineData("InvalidParameter", "NextToken", "x")]
    [InlineData("MissingParameter", "ProductCode", "")]
    [InlineData("InvalidParameter", "Dimensions.1.Key", "colour")]
    public async Task A_wrong_listing_is_refused(string code, string name, string value)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await QuotaClientAsync(endpoint);
        var given = new Dictionary<string, string> { ["ProductCode"] = "ecs", ["Dimensions.1.Key"] = "regionId", ["Dimensions.1.Value"] = "cn-hangzhou", [name] = value };
        var answer = await client.CallAsync("ListProductQuotas", [.. given.Select(static g => (g.Key, g.Value))]);
        Assert.Equal((400, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task The_clients_form_body_is_understood()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var http = new HttpMessageInvoker(endpoint.Endpoint.CreateHandler());
        var options = new AcsClientOptions { Credentials = new StaticCredentials(client.Account.Credential, "test"), Clock = endpoint.Clock };
        var quotas = new ImageQuotas(new EcsAccess(new AcsClient(http, options), client.Account.AccountId));
        var applied = await quotas.ApplyAsync(ImageQuota.CustomImage, 100, 200, "a & b = c + 镜像", "cn-beijing", CancellationToken.None);
        Assert.Equal(("Process", 200, null), (applied.Status, applied.Requested, applied.Approved));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM quota_application WHERE reason = 'a & b = c + 镜像' AND region = 'cn-beijing'"));
        Assert.Equal("applicationProcess", (await quotas.GetAsync(ImageQuota.CustomImage, "cn-beijing", CancellationToken.None)).Reason);
        Assert.Equal([Images, Shares], (await quotas.FindAsync("image", "cn-beijing", CancellationToken.None)).Select(static q => q.Code));
    }

    private static async Task<TestClient> QuotaClientAsync(TestEndpoint endpoint, string account = "main", Core.ILocalEndpoint? opened = null)
    {
        var client = await endpoint.ClientAsync(account, opened);
        (client.Host, client.Version) = ("quotas.aliyuncs.com", "2020-05-10");
        return client;
    }

    private static (int Total, int Used, bool Adjustable, bool Consumable) Figures(JsonElement quota) => (
        quota.GetProperty("TotalQuota").GetInt32(), quota.GetProperty("TotalUsage").GetInt32(), quota.GetProperty("Adjustable").GetBoolean(), quota.GetProperty("Consumable").GetBoolean());

    private static async Task<JsonElement> GetAsync(TestClient client, string code, string region = "cn-hangzhou")
    {
        var answer = await client.CallAsync("GetProductQuota", Which(code, region));
        Assert.True(answer.Status == 200, answer.Body.ToString());
        return answer.Body.GetProperty("Quota");
    }

    private static async Task<Answer> ApplyAsync(TestClient client, string code, string value, params (string, string)[] more)
    {
        var answer = await client.CallAsync("CreateQuotaApplication", [.. Which(code, "cn-hangzhou"), ("DesireValue", value), ("Reason", "more"), .. more]);
        Assert.True(answer.Status == 200, answer.Body.ToString());
        return answer;
    }

    private static (string, string)[] Which(string code, string region) => [("ProductCode", "ecs"), ("QuotaActionCode", code), .. Region(region)];

    private static (string, string)[] Region(string region) => [("Dimensions.1.Key", "regionId"), ("Dimensions.1.Value", region)];

    private static string Account(int number) => $"{1000000000000000 + number}";

    private static async Task ShareAsync(TestEndpoint endpoint, TestClient owner, string image, int first, int count)
    {
        for (var i = first; i < first + count; i++) await endpoint.Endpoint.OpenAccountAsync(Account(i), CancellationToken.None);
        await owner.OkAsync("ModifyImageSharePermission", [("ImageId", image), .. Enumerable.Range(0, count).Select(n => ($"AddAccount.{n + 1}", Account(first + n)))]);
    }
}
