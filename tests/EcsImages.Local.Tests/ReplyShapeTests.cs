using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Tests.Oss;

namespace EcsImages.Local.Tests;

public sealed class ReplyShapeTests
{
    /// <summary>One line an operation: its name, and parameters as name=value that make a full reply. {own} is an own image.</summary>
    public static TheoryData<string, string[]> EcsCases => new()
    {
        { "AddTags", ["ResourceType=image", "ResourceId={own}", "Tag.1.Key=env"] },
        { "AllocateEipAddress", [] },
        { "AllocatePublicIpAddress", ["-RegionId", "InstanceId={bare}"] },
        { "AssociateEipAddress", ["AllocationId={eip}", "InstanceId={plain}"] },
        { "AttachDisk", ["-RegionId", "DiskId={free}", "InstanceId={plain}"] },
        { "AttachKeyPair", ["KeyPairName=pair", "InstanceIds=[\"{plain}\",\"i-none\"]"] },
        { "AuthorizeSecurityGroup", ["SecurityGroupId={group}", "IpProtocol=tcp", "PortRange=80/80", "SourceCidrIp=10.0.0.0/8"] },
        { "AuthorizeSecurityGroupEgress", ["SecurityGroupId={group}", "IpProtocol=tcp", "PortRange=80/80", "DestCidrIp=10.0.0.0/8"] },
        { "CancelCopyImage", ["RegionId=cn-beijing", "ImageId={copy}"] },
        { "CancelImagePipelineExecution", ["ExecutionId={execution}"] },
        { "CancelTask", ["TaskId={task}"] },
        { "CopyImage", ["ImageId={own}", "DestinationRegionId=cn-shanghai"] },
        { "CreateDisk", ["ZoneId=cn-hangzhou-h", "Size=20"] },
        { "CreateImage", ["SnapshotId={seeded}"] },
        { "CreateImageComponent", ["Content=RUN a"] },
        { "CreateImagePipeline", ["BaseImageType=IMAGE", "BaseImage={own}"] },
        { "CreateInstance", ["ImageId={own}", "InstanceType=ecs.g6.large"] },
        { "CreateKeyPair", ["KeyPairName=new"] },
        { "CreateLaunchTemplate", ["LaunchTemplateName=new"] },
        { "CreateLaunchTemplateVersion", ["LaunchTemplateName=full"] },
        { "CreateSecurityGroup", ["VpcId={vpc}"] },
        { "CreateSnapshot", ["-RegionId", "DiskId={disk}", "SnapshotName=kept"] },
        { "CreateVpc", ["VpcName=new"] },
        { "CreateVSwitch", ["VpcId={vpc}", "ZoneId=cn-hangzhou-h", "CidrBlock=10.1.0.0/24"] },
        { "DeleteDisk", ["-RegionId", "DiskId={free}"] },
        { "DeleteImage", ["ImageId={own}", "Force=true"] },
        { "DeleteImageComponent", ["ImageComponentId={component}"] },
        { "DeleteImagePipeline", ["ImagePipelineId={pipeline}"] },
        { "DeleteInstance", ["-RegionId", "InstanceId={instance}", "Force=true"] },
        { "DeleteKeyPairs", ["KeyPairNames=[\"pair\"]"] },
        { "DeleteLaunchTemplate", ["LaunchTemplateName=full"] },
        { "DeleteSecurityGroup", ["SecurityGroupId={group}"] },
        { "DeleteSnapshot", ["-RegionId", "SnapshotId={snapshot}"] },
        { "DeleteVpc", ["VpcId={empty}"] },
        { "DeleteVSwitch", ["VSwitchId={vswitch}"] },
        { "DescribeAccountAttributes", [] },
        { "DescribeAvailableResource", ["DestinationResource=DataDisk"] },
        { "DescribeDisks", [] },
        { "DescribeEipAddresses", [] },
        { "DescribeImageComponents", [] },
        { "DescribeImageFromFamily", ["ImageFamily=web"] },
        { "DescribeImagePipelineExecutions", ["ExecutionId={execution}"] },
        { "DescribeImagePipelines", [] },
        { "DescribeImages", ["PageSize=100", "Status=ALL"] },
        { "DescribeImageSharePermission", ["ImageId={shared}"] },
        { "DescribeImageSupportInstanceTypes", ["ImageId={own}"] },
        { "DescribeInstanceAttribute", ["-RegionId", "InstanceId={instance}"] },
        { "DescribeInstances", ["MaxResults=1"] },
        { "DescribeInstanceStatus", ["InstanceId.1={instance}"] },
        { "DescribeInstanceTypeFamilies", [] },
        { "DescribeInstanceTypes", ["-RegionId"] },
        { "DescribeKeyPairs", ["IncludePublicKey=true"] },
        { "DescribeLaunchTemplates", [] },
        { "DescribeLaunchTemplateVersions", ["LaunchTemplateName=full"] },
        { "DescribeRegions", ["-RegionId"] },
        { "DescribeSecurityGroupAttribute", ["SecurityGroupId={group}"] },
        { "DescribeSecurityGroups", ["IsQueryEcsCount=true"] },
        { "DescribeSnapshots", [] },
        { "DescribeTags", [] },
        { "DescribeTaskAttribute", ["TaskId={task}"] },
        { "DescribeTasks", ["TaskIds={task}"] },
        { "DescribeVpcs", [] },
        { "DescribeVSwitches", [] },
        { "DescribeZones", [] },
        { "DetachDisk", ["-RegionId", "DiskId={used}", "InstanceId={plain}"] },
        { "DetachKeyPair", ["KeyPairName=pair", "InstanceIds=[\"{plain}\"]"] },
        { "ExportImage", ["ImageId={own}", "OSSBucket=shape-bucket"] },
        { "ImportImage", ["DiskDeviceMapping.1.OSSBucket=shape-bucket", "DiskDeviceMapping.1.OSSObject=a.raw"] },
        { "ImportKeyPair", ["KeyPairName=new", "PublicKeyBody={key}"] },
        { "ListTagResources", ["ResourceType=image", "ResourceId.1={shared}"] },
        { "ModifyImageAttribute", ["ImageId={own}", "Description=new"] },
        { "ModifyImageSharePermission", ["ImageId={own}", "AddAccount.1={guest}"] },
        { "ModifyInstanceAttribute", ["-RegionId", "InstanceId={instance}", "InstanceName=new"] },
        { "RebootInstance", ["-RegionId", "InstanceId={instance}"] },
        { "ReleaseEipAddress", ["AllocationId={eip}"] },
        { "RemoveTags", ["ResourceType=image", "ResourceId={shared}", "Tag.1.Key=env"] },
        { "ReplaceSystemDisk", ["-RegionId", "InstanceId={bare}", "ImageId={own}"] },
        { "ResizeDisk", ["-RegionId", "DiskId={free}", "NewSize=40"] },
        { "RunInstances", ["ImageId={own}", "InstanceType=ecs.g6.large"] },
        { "StartImagePipelineExecution", ["ImagePipelineId={pipeline}"] },
        { "StartInstance", ["-RegionId", "InstanceId={stopped}"] },
        { "StopInstance", ["-RegionId", "InstanceId={instance}"] },
        { "TagResources", ["ResourceType=image", "ResourceId.1={own}", "Tag.1.Key=env", "Tag.1.Value=prod"] },
        { "UnassociateEipAddress", ["AllocationId={bound}", "InstanceId={instance2}"] },
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
        await AroundPlaces.AddAsync(endpoint, client, own.Id, places);
        await AddImagePlacesAsync(endpoint, client, own, parameters, places);
        var given = parameters.Where(static p => !p.StartsWith('-')).Select(p => places.Aggregate(p, static (t, n) => t.Replace("{" + n.Key + "}", n.Value)).Split('=', 2)).Select(static p => (p[0], p[1])).ToArray();
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
        Assert.All(Operations.ByProduct["quotas"].Keys, static name => Assert.Contains(name, ApiContract.Quotas.Operations.Keys));
        Assert.All(Operations.ByProduct["sts"].Keys, static name => Assert.Contains(name, ApiContract.Sts.Operations.Keys));
    }

    [Theory]
    [InlineData("CreateQuotaApplication", "QuotaActionCode=q_user-image-count", "DesireValue=200", "Reason=more", "AuditMode=Sync", "ExpireTime=2030-01-01T00:00:00Z")]
    [InlineData("GetProductQuota", "QuotaActionCode=q_user-image-count")]
    [InlineData("ListProductQuotas", "MaxResults=1")]
    [InlineData("ListProducts", "-")]
    public async Task A_reply_about_quotas_has_the_fields_and_types_of_the_contract(string operation, params string[] parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (client.Host, client.Version) = ("quotas.aliyuncs.com", "2020-05-10");
        string[] which = parameters is ["-"] ? [] : ["ProductCode=ecs", "Dimensions.1.Key=regionId", "Dimensions.1.Value=cn-hangzhou", .. parameters];
        var answer = await client.CallAsync(operation, [.. which.Select(static p => p.Split('=', 2)).Select(static p => (p[0], p[1]))]);
        Assert.True(answer.Status == 200, answer.Body.ToString());
        ReplyShape.AssertMatches(ApiContract.Quotas.Operations[operation], answer.Body);
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

    // A share, a tag, a copy under way, and a finished snapshot.
    private static async Task AddImagePlacesAsync(
        TestEndpoint endpoint, TestClient client, EcsImages.Local.Store.Image own, string[] parameters, Dictionary<string, string> places)
    {
        using var guest = await endpoint.ClientAsync("guest");
        var shared = endpoint.AddImage(client, "shared");
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", shared.Id), ("AddAccount.1", guest.Account.AccountId));
        await client.OkAsync("TagResources", ("ResourceType", "image"), ("ResourceId.1", shared.Id), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"));
        (places["shared"], places["guest"]) = (shared.Id, guest.Account.AccountId);
        if (parameters.Any(static p => p.Contains("{copy}"))) places["copy"] = await client.CopyAsync(own, "cn-beijing");
        places["seeded"] = endpoint.AddSnapshot(client, "system", 40);
        await AddTemplatesAsync(client, own.Id, places, parameters);
        if (parameters.Any(static p => p.Contains("{task}") || p.Contains("shape-bucket"))) places["task"] = await AddImportAsync(endpoint, client);
    }

    private static async Task<string> AddImportAsync(TestEndpoint endpoint, TestClient client)
    {
        Imports.ImportWorld.GiveRole(endpoint, client);
        Imports.ImportWorld.GiveRole(endpoint, client, "Export");
        using var oss = await OssClient.WithBucketAsync(endpoint, "shape-bucket");
        Assert.Equal(200, (await oss.PutAsync("a.raw", "a disk")).Status);
        return (await client.OkAsync("ImportImage", ("DiskDeviceMapping.1.OSSBucket", "shape-bucket"), ("DiskDeviceMapping.1.OSSObject", "a.raw"))).Text("TaskId");
    }

    // Both with something in every kind of field.
    private static async Task AddTemplatesAsync(TestClient client, string image, Dictionary<string, string> places, string[] parameters)
    {
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "full"), ("ImageId", image), ("SystemDisk.Size", "60"), ("SystemDisk.DeleteWithInstance", "true"), ("DataDisk.1.Size", "20"),
            ("DataDisk.1.Encrypted", "true"), ("NetworkInterface.1.SecurityGroupIds.1", "sg-a"), ("SecurityGroupIds.1", "sg-a"), ("SpotPriceLimit", "0.5"), ("Period", "1"), ("AutoRenew", "true"),
            ("ImageOptions.LoginAsNonRoot", "true"), ("SecurityOptions.TrustedSystemMode", "vTPM"), ("Tag.1.Key", "env"), ("TemplateTag.1.Key", "team"));
        await client.OkAsync("CreateImagePipeline", ("BaseImageType", "OSS"), ("ImportImageOptions.DiskDeviceMappings.1.OSSBucket", "images"), ("ImportImageOptions.DiskDeviceMappings.1.OSSObject", "a.raw"),
            ("ImportImageOptions.DiskDeviceMappings.1.DiskImageSize", "40"), ("ImportImageOptions.ImportImageTags.1.Key", "a"), ("ImportImageOptions.RetainImportedImage", "true"));
        var made = await client.OkAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", image), ("AddAccount.1", "1234567890123456"), ("ImageOptions.ImageTags.1.Key", "a"),
            ("RepairMode", "Customized"), ("RepairItem.1", "GUESTOS.Fstab"), ("Tag.1.Key", "team"), ("NvmeSupport", "auto"), ("AdvancedOptions.ImageNameSuffix", "disable"));
        places["pipeline"] = made.Text("ImagePipelineId");
        if (parameters.Any(static p => p.Contains("{execution}"))) places["execution"] = (await client.OkAsync("StartImagePipelineExecution", ("ImagePipelineId", places["pipeline"]), ("Tag.1.Key", "team"))).Text("ExecutionId");
        places["component"] = (await client.OkAsync("CreateImageComponent", ("Content", "Parameters:\n  port:\n    Type: Number\n    DefaultValue: 80\nTasks: []"), ("Tag.1.Key", "team"))).Text("ImageComponentId");
    }
}
