using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Tests.Support;

namespace EcsImages.Core.Tests.Ram;

public sealed class RefusalTests
{
    private const string Source = $"acs:ecs:{TestClient.Region}:{TestClient.Account}:image/m-1";
    private const string Copies = $"acs:ecs:cn-beijing:{TestClient.Account}:image/*";

    [Fact]
    public async Task A_refusal_without_details_is_told_from_the_call()
    {
        var refusal = await RefusedAsync("");
        Assert.Equal("ecs:CopyImage", refusal!.Action);
        Assert.Equal([Source, Copies], refusal.Resources);
        Assert.Equal($$"""{"Effect":"Allow","Action":"ecs:CopyImage","Resource":["{{Source}}","{{Copies}}"]}""", refusal.Statement);
        Assert.Null(refusal.Principal);
        Assert.False(refusal.IsExplicit);
    }

    [Theory]
    [InlineData("{", "}")]
    [InlineData("\"{", "}\"")]
    public async Task What_the_service_says_of_it_is_read_as_an_object_or_as_a_text(string open, string close)
    {
        var fields = """
            "AuthAction":"vpc:X","AuthResource":"acs:vpc:*:1:vpc/v","AuthPrincipalType":"SubUser","AuthPrincipalDisplayName":"2025","AuthPrincipalOwnerId":"1","NoPermissionType":"ExplicitDeny","PolicyType":"ControlPolicy"
            """;
        if (open.StartsWith('"')) fields = fields.Replace("\"", "\\\"", StringComparison.Ordinal);
        var refusal = await RefusedAsync($",\"AccessDeniedDetail\":{open}{fields}{close}");
        Assert.Equal(("vpc:X", "RAM user 2025", true, "ControlPolicy"), (refusal!.Action, refusal.Principal, refusal.IsExplicit, refusal.PolicyType));
        Assert.Equal(["acs:vpc:*:1:vpc/v"], refusal.Resources);
    }

    [Fact]
    public async Task The_service_names_one_resource_and_the_error_all_that_the_call_needs() =>
        Assert.Equal([Source, Copies], (await RefusedAsync($$""","AccessDeniedDetail":{"AuthResource":"{{Source}}"}"""))!.Resources);

    [Theory]
    [InlineData(""","AccessDeniedDetail":null""")]
    [InlineData(""","AccessDeniedDetail":7""")]
    [InlineData(""","AccessDeniedDetail":[]""")]
    [InlineData(""","AccessDeniedDetail":"not JSON" """)]
    [InlineData(""","AccessDeniedDetail":"[]" """)]
    [InlineData(""","AccessDeniedDetail":{"AuthAction":"\ud800"}""")]
    [InlineData(""","AccessDeniedDetail":{"\ud800":"x"}""")]
    [InlineData(""","AccessDeniedDetail":"{\"AuthAction\":\"\\ud800\"}" """)]
    [InlineData(""","AccessDeniedDetail":"\ud800" """)]
    [InlineData(""","AccessDeniedDetail":{"AuthAction":7,"AuthResource":null,"NoPermissionType":{}}""")]
    public async Task Details_that_are_none_are_left_out(string field) => Assert.Equal([Source, Copies], (await RefusedAsync(field))!.Resources);

    [Fact]
    public void What_only_reads_is_advised_for_its_kind_and_what_changes_something_for_the_one()
    {
        AcsRefusal refusal = new() { Action = "ecs:DescribeSnapshots", Resources = ["acs:ecs:r:1:snapshot/s-1", "acs:ecs:r:1:snapshot/s-2"] };
        Assert.Equal("""{"Effect":"Allow","Action":"ecs:DescribeSnapshots","Resource":"acs:ecs:r:1:snapshot/*"}""", refusal.Statement);
        Assert.EndsWith("""["acs:ecs:r:1:snapshot/s-1","acs:ecs:r:1:snapshot/s-2"]}""", (refusal with { Action = "ecs:DeleteSnapshot" }).Statement, StringComparison.Ordinal);
        Assert.EndsWith(""":"acs:ecs:*:1:*"}""", (refusal with { Action = "ecs:DescribeRegions", Resources = ["acs:ecs:*:1:*"] }).Statement, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_secret_in_the_details_is_hidden()
    {
        var refusal = await RefusedAsync($$""","AccessDeniedDetail":{"AuthPrincipalDisplayName":"x{{TestClient.Key.AccessKeySecret}}x"}""");
        Assert.Equal("x***x", refusal!.Principal);
    }

    [Theory]
    [InlineData("Forbidden.AccessKeyDisabled")]
    [InlineData("Forbidden.RegionNotFound")]
    [InlineData("InvalidImageId.NotFound")]
    public async Task Other_errors_are_no_refusals(string code) => Assert.Null(await RefusedAsync("", code));

    private static async Task<AcsRefusal?> RefusedAsync(string field, string code = "Forbidden.RAM")
    {
        var access = TestClient.Access(ScriptedHandler.Always(Answer.Json($$"""{"RequestId":"R","Code":"{{code}}","Message":"No."{{field}}}""", 403)));
        var error = await Assert.ThrowsAsync<AcsException>(() => access.CallAsync(EcsApi.CopyImage, TestClient.Region,
            new CopyImageRequest { RegionId = TestClient.Region, ImageId = "m-1", DestinationRegionId = "cn-beijing" }, default));
        return error.Refusal;
    }
}
