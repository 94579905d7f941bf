using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Tests;

public sealed class ReplyShapeTests
{
    /// <summary>One line an operation: its name, and parameters as name=value that make a full reply. {own} is an own image.</summary>
    public static TheoryData<string, string[]> EcsCases => new()
    {
        { "CreateSnapshot", ["-RegionId", "DiskId={disk}", "SnapshotName=kept"] },
        { "DeleteInstance", ["-RegionId", "InstanceId={instance}", "Force=true"] },
        { "DeleteSnapshot", ["-RegionId", "SnapshotId={snapshot}"] },
        { "CancelCopyImage", ["RegionId=cn-beijing", "ImageId={copy}"] },
        { "CopyImage", ["ImageId={own}", "DestinationRegionId=cn-shanghai"] },
        { "CreateImage", ["SnapshotId={snapshot}"] },
        { "DeleteImage", ["ImageId={own}", "Force=true"] },
        { "DescribeAccountAttributes", [] },
        { "DescribeDisks", [] },
        { "DescribeImageFromFamily", ["ImageFamily=web"] },
        { "DescribeImages", ["PageSize=100", "Status=ALL"] },
        { "DescribeImageSharePermission", ["ImageId={shared}"] },
        { "DescribeImageSupportInstanceTypes", ["ImageId={own}"] },
        { "DescribeInstances", ["MaxResults=1"] },
        { "DescribeInstanceTypeFamilies", [] },
        { "DescribeInstanceTypes", ["-RegionId"] },
        { "DescribeRegions", ["-RegionId"] },
        { "DescribeSecurityGroups", ["IsQueryEcsCount=true"] },
        { "DescribeSnapshots", [] },
        { "DescribeVpcs", [] },
        { "DescribeVSwitches", [] },
        { "DescribeZones", [] },
        { "RunInstances", ["ImageId={own}", "InstanceType=ecs.g6.large"] },
        { "StartInstance", ["-RegionId", "InstanceId={stopped}"] },
        { "StopInstance", ["-RegionId", "InstanceId={instance}"] },
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
        var places = await PlacesAsync(endpoint, client, own.Id, parameters);
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
        foreach (var (place, id) in places) words.TryAdd("{" + place + "}", id);
        var given = parameters.Where(static p => !p.StartsWith('-'))
            .Select(p => words.Aggregate(p, static (text, word) => text.Replace(word.Key, word.Value)).Split('=', 2)).Select(static p => (p[0], p[1])).ToArray();
        var answer = parameters.Contains("-RegionId") ? await client.CallAsync(operation, given) : await client.EcsAsync(operation, given);
        Assert.True(answer.Status == 200, answer.Body.ToString());
        ReplyShape.AssertMatches(ApiContract.Ecs.Operations[operation], answer.Body);
    }

    // Rows for the listings to show too, and what the braces stand for.
    private static async Task<Dictionary<string, string>> PlacesAsync(TestEndpoint endpoint, TestClient client, string image, string[] parameters)
    {
        var places = new Dictionary<string, string> { ["own"] = image };
        places["instance"] = await client.RunAsync(("ImageId", image), ("Amount", "2"), ("InternetMaxBandwidthOut", "5"), ("Tag.1.Key", "env"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        places["disk"] = (await client.EcsAsync("DescribeDisks", ("InstanceId", places["instance"]))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        if (parameters.Contains("DiskId={disk}")) return places;
        var kept = await client.CallAsync("CreateSnapshot", ("DiskId", places["disk"]), ("RetentionDays", "3"));
        places["snapshot"] = kept.Text("SnapshotId");
        if (!parameters.Contains("InstanceId={stopped}")) return places;
        places["stopped"] = places["instance"];
        await client.CallAsync("StopInstance", ("InstanceId", places["instance"]));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        return places;
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
