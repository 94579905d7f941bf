using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests;

public sealed class ReplyShapeTests
{
    /// <summary>One line an operation: its name, and parameters as name=value that make a full reply. {own} is an own image.</summary>
    public static TheoryData<string, string[]> EcsCases => new()
    {
        { "CancelCopyImage", ["RegionId=cn-beijing", "ImageId={copy}"] },
        { "CopyImage", ["ImageId={own}", "DestinationRegionId=cn-shanghai"] },
        { "CreateImage", ["SnapshotId={snapshot}"] },
        { "DeleteImage", ["ImageId={own}"] },
        { "DescribeAccountAttributes", [] },
        { "DescribeImageFromFamily", ["ImageFamily=web"] },
        { "DescribeImages", ["PageSize=100", "Status=ALL"] },
        { "DescribeImageSharePermission", ["ImageId={shared}"] },
        { "DescribeImageSupportInstanceTypes", ["ImageId={own}"] },
        { "DescribeInstanceTypeFamilies", [] },
        { "DescribeInstanceTypes", ["-RegionId"] },
        { "DescribeRegions", ["-RegionId"] },
        { "DescribeZones", [] },
        { "ListTagResources", ["ResourceType=image", "ResourceId.1={shared}"] },
        { "ModifyImageAttribute", ["ImageId={own}", "Description=new"] },
        { "ModifyImageSharePermission", ["ImageId={own}", "AddAccount.1={guest}"] },
        { "TagResources", ["ResourceType=image", "ResourceId.1={own}", "Tag.1.Key=env", "Tag.1.Value=prod"] },
        { "UntagResources", ["ResourceType=image", "ResourceId.1={own}", "All=true"] },
    };

    [Theory]
    [MemberData(nameof(EcsCases))]
    public async Task A_reply_has_the_fields_and_types_of_the_contract(string operation, string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var own = endpoint.AddImage(client, "web-1", static i => i with { Family = "web", Supplier = "somebody", LicenseType = "Auto", SecureBoot = "supported" });
        using var guest = await endpoint.ClientAsync("guest");
        var shared = endpoint.AddImage(client, "shared");
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", shared.Id), ("AddAccount.1", guest.Account.AccountId));
        await client.OkAsync("TagResources", ("ResourceType", "image"), ("ResourceId.1", shared.Id), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"));
        var copy = parameters.Any(static p => p.Contains("{copy}")) ? await client.CopyAsync(own, "cn-beijing") : "";
        var words = new Dictionary<string, string>
        {
            ["{own}"] = own.Id, ["{shared}"] = shared.Id, ["{guest}"] = guest.Account.AccountId, ["{copy}"] = copy,
            ["{snapshot}"] = endpoint.AddSnapshot(client, "system", 40),
        };
        var given = parameters.Where(static p => !p.StartsWith('-'))
            .Select(p => words.Aggregate(p, static (text, word) => text.Replace(word.Key, word.Value)).Split('=', 2)).Select(static p => (p[0], p[1])).ToArray();
        var answer = parameters.Contains("-RegionId") ? await client.CallAsync(operation, given) : await client.EcsAsync(operation, given);
        Assert.True(answer.Status == 200, answer.Body.ToString());
        ReplyShape.AssertMatches(ApiContract.Ecs.Operations[operation], answer.Body);
    }

    [Fact]
    public void Every_implemented_operation_is_in_the_contract_and_has_a_case()
    {
        Assert.Equal(Operations.ByProduct["ecs"].Keys.Order(StringComparer.Ordinal), EcsCases.Select(static c => (string)((object[])c)[0]).Order(StringComparer.Ordinal));
        Assert.All(Operations.ByProduct["ecs"].Keys, static name => Assert.Contains(name, ApiContract.Ecs.Operations.Keys));
        Assert.All(Operations.ByProduct["sts"].Keys, static name => Assert.Contains(name, ApiContract.Sts.Operations.Keys));
    }

    [Fact]
    public async Task GetCallerIdentity_names_the_account_in_the_shape_of_the_contract()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync("1234567890123456");
        (client.Host, client.Version) = ("sts.cn-hangzhou.aliyuncs.com", "2015-04-01");
        var answer = await client.CallAsync("GetCallerIdentity");
        Assert.Equal("1234567890123456", answer.Body.GetProperty("AccountId").GetString());
        Assert.Equal("acs:ram::1234567890123456:root", answer.Body.GetProperty("Arn").GetString());
        ReplyShape.AssertMatches(ApiContract.Sts.Operations["GetCallerIdentity"], answer.Body);
    }
}
