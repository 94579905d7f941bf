using System.Globalization;

namespace EcsImages.Local.Tests.Building;

public sealed class ImagePipelineTests
{
    [Fact]
    public async Task A_pipeline_shows_what_it_was_made_of_with_the_defaults()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var id = (await client.OkAsync("CreateImagePipeline", ("BaseImageType", "IMAGE"), ("BaseImage", image), ("ImageOptions.ImageName", "built"), ("BuildContent", "RUN yum update -y"),
            ("AddAccount.1", "1234567890123456"), ("Tag.1.Key", "team"), ("Tag.1.Value", "web"), ("ImageOptions.ImageTags.1.Key", "made"), ("ImageOptions.ImageTags.1.Value", "here"))).Text("ImagePipelineId");
        Assert.StartsWith("ip-", id, StringComparison.Ordinal);
        var row = Assert.Single((await client.OkAsync("DescribeImagePipelines", ("ImagePipelineId.1", id))).List("ImagePipeline"));
        Assert.Equal((id, "IMAGE", image, "RUN yum update -y"), (Text("Name"), Text("BaseImageType"), Text("BaseImage"), Text("BuildContent")));
        Assert.Equal((40, 0, true), (row.GetProperty("SystemDiskSize").GetInt32(), row.GetProperty("InternetMaxBandwidthOut").GetInt32(), row.GetProperty("DeleteInstanceOnFailure").GetBoolean()));
        Assert.Equal(("built", "built"), (Text("ImageName"), row.GetProperty("ImageOptions").GetProperty("ImageName").GetString()));
        Assert.Equal("""{"ToRegionId":["cn-hangzhou"]}""", row.GetProperty("ToRegionIds").GetRawText());
        Assert.Equal("""{"AddAccount":["1234567890123456"]}""", row.GetProperty("AddAccounts").GetRawText());
        Assert.Equal("""{"Tag":[{"TagKey":"team","TagValue":"web"}]}""", row.GetProperty("Tags").GetRawText());
        Assert.Equal("""{"ImageTag":[{"TagKey":"made","TagValue":"here"}]}""", row.GetProperty("ImageOptions").GetProperty("ImageTags").GetRawText());
        Assert.False(row.GetProperty("AdvancedOptions").GetProperty("RetainCloudAssistant").GetBoolean());
        Assert.False(row.TryGetProperty("ImportImageOptions", out _));

        string? Text(string name) => row.GetProperty(name).GetString();
    }

    [Fact]
    public async Task An_import_from_OSS_has_its_own_defaults()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.OkAsync("CreateImagePipeline", ("BaseImageType", "OSS"), ("ImportImageOptions.Architecture", "arm64"), ("ImportImageOptions.DiskDeviceMappings.1.OSSBucket", "images"),
            ("ImportImageOptions.DiskDeviceMappings.1.OSSObject", "a.qcow2"));
        var import = (await client.OkAsync("DescribeImagePipelines")).List("ImagePipeline")[0].GetProperty("ImportImageOptions");
        Assert.Equal(("arm64", "UEFI", "Others Linux", "Auto", "linux"), (Text("Architecture"), Text("BootMode"), Text("Platform"), Text("LicenseType"), Text("OSType")));
        Assert.Equal("""{"DiskDeviceMapping":[{"OSSBucket":"images","OSSObject":"a.qcow2"}]}""", import.GetProperty("DiskDeviceMappings").GetRawText());

        string? Text(string name) => import.GetProperty(name).GetString();
    }

    [Theory]
    [InlineData(400, "InvalidBaseImageType.NotSupportedValue", "BaseImageType=SNAPSHOT")]
    [InlineData(400, "MissingParameter", "BaseImage=")]
    [InlineData(404, "InvalidImage.NotFound", "BaseImage=m-none")]
    [InlineData(404, "InvalidImage.NotFound", "BaseImageType=IMAGE_FAMILY&BaseImage=none")]
    [InlineData(400, "InvalidName.Malformed", "Name=1")]
    [InlineData(400, "InvalidDescription.Malformed", "Description=http://x")]
    [InlineData(400, "InvalidImageOptions.Description", "ImageOptions.Description=http://x")]
    [InlineData(400, "InvalidImageName.Malformed", "ImageName=1x")]
    [InlineData(400, "InvalidImageName.Malformed", "ImageOptions.ImageName={65}")]
    [InlineData(400, "InvalidImageFamily.Malformed", "ImageFamily=acs:x")]
    [InlineData(400, "InvalidParameter.NvmeSupport", "ImageOptions.ImageFeatures.NvmeSupport=maybe")]
    [InlineData(400, "InvalidAdvancedOptions.ImageNameSuffix", "AdvancedOptions.ImageNameSuffix=enable")]
    [InlineData(400, "InvalidParameter.RepairMode", "RepairMode=Some")]
    [InlineData(404, "MissingParameter.RepairMode", "RepairItem.1=GUESTOS.Fstab")]
    [InlineData(400, "InvalidBuildContent.LengthExceeded", "BuildContent={16385}")]
    [InlineData(400, "InvalidParameter.TestContent", "TestContent={16385}")]
    [InlineData(400, "InvalidSystemDiskSize.NotSupportedValue", "SystemDiskSize=19")]
    [InlineData(400, "InvalidInternetMaxBandwidthOut.NotSupportedValue", "InternetMaxBandwidthOut=101")]
    [InlineData(404, "InvalidInstanceType.NotFound", "InstanceType=ecs.none.large")]
    [InlineData(404, "InvalidVSwitchId.NotFound", "VSwitchId=vsw-none")]
    [InlineData(404, "InvalidResourceGroup.NotFound", "ResourceGroupId=none")]
    [InlineData(404, "InvalidRegionId.NotFound", "ToRegionId.1=cn-nowhere")]
    [InlineData(404, "InvalidRegionId.NotFound", "RegionId=cn-nowhere")]
    [InlineData(400, "Duplicate.TagKey", "Tag.1.Key=a&Tag.2.Key=a")]
    [InlineData(400, "InvalidParameterCombination", "ImportImageOptions.OSType=linux")]
    [InlineData(404, "MissingParameter.ImportImageOptions", "BaseImageType=OSS")]
    [InlineData(404, "MissingParameter.ImageOptionsDiskDeviceMappings", "BaseImageType=OSS&ImportImageOptions.OSType=linux")]
    [InlineData(404, "MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket", "BaseImageType=OSS&ImportImageOptions.DiskDeviceMappings.1.OSSObject=a")]
    [InlineData(404, "MissingParameter.ImportImageOptionsDiskDeviceMappingsOSSObject", "BaseImageType=OSS&ImportImageOptions.DiskDeviceMappings.1.OSSBucket=a")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSBucket", "{import}&ImportImageOptions.DiskDeviceMappings.1.OSSBucket={64}")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsDiskDeviceMappingsOSSObject", "{import}&ImportImageOptions.DiskDeviceMappings.1.OSSObject={1024}")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsDiskDeviceMappingsFormat", "{import}&ImportImageOptions.DiskDeviceMappings.1.Format=ISO")]
    [InlineData(400, "InvalidOperation.DiskImageSizeExceeded", "{import}&ImportImageOptions.DiskDeviceMappings.1.DiskImageSize=2049")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsArchitecture", "{import}&ImportImageOptions.Architecture=i386")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsBootMode", "{import}&ImportImageOptions.BootMode=UEFI-Preferred")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsOSType", "{import}&ImportImageOptions.OSType=macos")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsLicenseType", "{import}&ImportImageOptions.LicenseType=None")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsPlatform", "{import}&ImportImageOptions.Platform=TempleOS")]
    [InlineData(400, "InvalidParameter.ImportImageOptionsFeaturesNvmeSupport", "{import}&ImportImageOptions.Features.NvmeSupport=maybe")]
    public async Task What_is_wrong_has_its_code_and_status(int status, string code, string parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var given = new Dictionary<string, string> { ["BaseImageType"] = "IMAGE", ["BaseImage"] = endpoint.AddImage(client, "web").Id };
        foreach (var (name, value) in Pairs(parameters)) given[name] = value;
        await client.RefusedAsync(status, code, "CreateImagePipeline", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM image_pipeline"));
    }

    [Fact]
    public async Task Lists_of_accounts_regions_disks_and_ids_have_limits()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] based = [("BaseImageType", "IMAGE"), ("BaseImage", endpoint.AddImage(client, "web").Id)];
        await client.RefusedAsync(400, "InvalidAddAccountSize.ExceededMaxNumber", "CreateImagePipeline", [.. based, .. Many("AddAccount.{0}", 21, "1234567890123456")]);
        await client.RefusedAsync(400, "InvalidToRegionIdSize.ExceededMaxNumber", "CreateImagePipeline", [.. based, .. Many("ToRegionId.{0}", 21, "cn-beijing")]);
        await client.RefusedAsync(400, "InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded", "CreateImagePipeline",
            [("BaseImageType", "OSS"), .. Many("ImportImageOptions.DiskDeviceMappings.{0}.OSSBucket", 18, "images")]);
        await client.RefusedAsync(400, "InvalidImagePipelineIdSize.ExceededMaxNumber", "DescribeImagePipelines", Many("ImagePipelineId.{0}", 21, "ip-x"));
        await client.RefusedAsync(403, "Invalid.NextToken", "DescribeImagePipelines", ("NextToken", "mine"));
        for (var i = 0; i < 100; i++) await client.OkAsync("CreateImagePipeline", based);
        await client.RefusedAsync(400, "QuotaExceed.ImagePipeline", "CreateImagePipeline", based);
    }

    [Fact]
    public async Task A_listing_goes_on_by_token_and_a_ClientToken_makes_one_pipeline()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] based = [("BaseImageType", "IMAGE"), ("BaseImage", endpoint.AddImage(client, "web").Id)];
        var made = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            made.Insert(0, (await client.OkAsync("CreateImagePipeline", [.. based, ("ClientToken", i.ToString(CultureInfo.InvariantCulture))])).Text("ImagePipelineId"));
            endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        Assert.Equal(made[0], (await client.OkAsync("CreateImagePipeline", [.. based, ("ClientToken", "4")])).Text("ImagePipelineId"));
        var listed = new List<string>();
        for (var token = ""; ;)
        {
            var page = await client.OkAsync("DescribeImagePipelines", ("MaxResults", "2"), ("NextToken", token));
            Assert.Equal((5, 2), (page.TotalCount, page.Body.GetProperty("MaxResults").GetInt32()));
            listed.AddRange(page.List("ImagePipeline").Select(static p => p.GetProperty("ImagePipelineId").GetString()!));
            if ((token = page.Text("NextToken")).Length == 0) break;
        }
        Assert.Equal(made, listed);
        Assert.Equal(50, (await client.OkAsync("DescribeImagePipelines")).Body.GetProperty("MaxResults").GetInt32());
    }

    [Fact]
    public async Task A_deleted_pipeline_is_gone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = (await client.OkAsync("CreateImagePipeline", ("BaseImageType", "IMAGE_FAMILY"), ("BaseImage", "acs:ubuntu_24_04_x64"), ("Tag.1.Key", "a"))).Text("ImagePipelineId");
        await guest.RefusedAsync(404, "InvalidImagePipeline.NotFound", "DeleteImagePipeline", ("ImagePipelineId", id));
        await client.OkAsync("DeleteImagePipeline", ("ImagePipelineId", id));
        await client.RefusedAsync(404, "InvalidImagePipeline.NotFound", "DeleteImagePipeline", ("ImagePipelineId", id));
        Assert.Equal((0, 0), ((await client.OkAsync("DescribeImagePipelines")).TotalCount, endpoint.Count("SELECT count(*) FROM tag")));
    }

    private static (string, string)[] Many(string name, int count, string value) =>
        [.. Enumerable.Range(1, count).Select(i => (string.Format(CultureInfo.InvariantCulture, name, i), value))];

    // {65} stands for 65 letters, {import} for an import that is right.
    private static IEnumerable<(string, string)> Pairs(string parameters) => parameters
        .Replace("{import}", "BaseImageType=OSS&ImportImageOptions.DiskDeviceMappings.1.OSSBucket=images&ImportImageOptions.DiskDeviceMappings.1.OSSObject=a.raw", StringComparison.Ordinal)
        .Split('&').Select(static p => p.Split('=', 2))
        .Select(static p => (p[0], p[1].StartsWith('{') ? new string('x', int.Parse(p[1].Trim('{', '}'), CultureInfo.InvariantCulture)) : p[1]));
}
