using System.Globalization;
using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class LaunchTemplateTests
{
    [Fact]
    public async Task Versions_count_from_1_which_is_the_default_and_keep_what_they_were_made_of()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var made = await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("ImageId", "m-unchecked"), ("SystemDisk.Size", "60"),
            ("DataDisk.1.Size", "20"), ("SecurityGroupIds.1", "sg-a"), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"), ("TemplateTag.1.Key", "team"));
        var id = made.Text("LaunchTemplateId");
        Assert.StartsWith("lt-", id, StringComparison.Ordinal);
        var second = await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web"), ("ImageId", "m-other"), ("VersionDescription", "second"));
        Assert.Equal(2, second.Body.GetProperty("LaunchTemplateVersionNumber").GetInt64());

        var template = Assert.Single((await client.OkAsync("DescribeLaunchTemplates", ("TemplateTag.1.Key", "team"))).List("LaunchTemplateSets"));
        Assert.Equal((1, 2, "web"), (template.GetProperty("DefaultVersionNumber").GetInt64(), template.GetProperty("LatestVersionNumber").GetInt64(), template.GetProperty("LaunchTemplateName").GetString()));
        var versions = (await client.OkAsync("DescribeLaunchTemplateVersions", ("LaunchTemplateId", id))).List("LaunchTemplateVersionSets");
        Assert.Equal([2, 1], versions.Select(static v => v.GetProperty("VersionNumber").GetInt32()));
        var data = versions[1].GetProperty("LaunchTemplateData");
        Assert.Equal("""{"SystemDisk":{"Size":60},"DataDisks":{"DataDisk":[{"Size":20}]},"ImageId":"m-unchecked","SecurityGroupIds":{"SecurityGroupId":["sg-a"]},"Tags":{"InstanceTag":[{"Key":"env","Value":"prod"}]}}""", data.GetRawText());
        Assert.Equal("""{"ImageId":"m-other"}""", versions[0].GetProperty("LaunchTemplateData").GetRawText());
    }

    [Theory]
    [InlineData("LaunchTemplateVersion.1=1", "1")]
    [InlineData("MinVersion=2", "3,2")]
    [InlineData("MaxVersion=2", "2,1")]
    [InlineData("DefaultVersion=true", "1")]
    [InlineData("PageSize=2&PageNumber=2", "1")]
    public async Task Versions_are_filtered_and_paged(string parameters, string numbers)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"));
        for (var i = 0; i < 2; i++) await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web"));
        var answer = await client.OkAsync("DescribeLaunchTemplateVersions", [("LaunchTemplateName", "web"), ("DetailFlag", "false"), .. Pairs(parameters)]);
        Assert.Equal(numbers, string.Join(',', answer.List("LaunchTemplateVersionSets").Select(static v => v.GetProperty("VersionNumber").GetInt32())));
        Assert.All(answer.List("LaunchTemplateVersionSets"), static v => Assert.False(v.TryGetProperty("LaunchTemplateData", out _)));
    }

    [Fact]
    public async Task A_deleted_template_is_gone_with_its_versions_and_tags()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("TemplateTag.1.Key", "team"));
        await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web"));
        var answer = await client.OkAsync("DeleteLaunchTemplate", ("LaunchTemplateName", "web"));
        Assert.Equal([2, 1], answer.List("LaunchTemplateVersionNumbers").Select(static n => n.GetInt32()));
        Assert.Equal((0, 0), (endpoint.Count("SELECT count(*) FROM launch_template_version"), endpoint.Count("SELECT count(*) FROM tag")));
        await client.RefusedAsync(404, "InvalidLaunchTemplate.NotFound", "DeleteLaunchTemplate", ("LaunchTemplateName", "web"));
    }

    [Theory]
    [InlineData("CreateLaunchTemplate", 403, "LaunchTemplateName.Duplicated", "LaunchTemplateName=web")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidLaunchTemplateName.Malformed", "LaunchTemplateName=1web")]
    [InlineData("CreateLaunchTemplate", 400, "MissingParameter", "ImageId=m-1")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidDescription.Malformed", "LaunchTemplateName=other&Description=http://x")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidDescription.Malformed", "LaunchTemplateName=other&VersionDescription=x")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidHostName.Malformed", "LaunchTemplateName=other&HostName=x")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidUserData.Base64FormatInvalid", "LaunchTemplateName=other&UserData=-")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidTagKey.Malformed", "LaunchTemplateName=other&Tag.1.Key=acs:x")]
    [InlineData("CreateLaunchTemplate", 400, "Duplicate.TagKey", "LaunchTemplateName=other&TemplateTag.1.Key=a&TemplateTag.2.Key=a")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidParameter", "LaunchTemplateName=other&InternetMaxBandwidthOut=101")]
    [InlineData("CreateLaunchTemplate", 400, "InvalidRegion.NotExist", "LaunchTemplateName=other&RegionId=cn-nowhere")]
    [InlineData("CreateLaunchTemplateVersion", 404, "InvalidLaunchTemplate.NotFound", "LaunchTemplateId=lt-none")]
    [InlineData("CreateLaunchTemplateVersion", 400, "MissingParameter", "ImageId=m-1")]
    [InlineData("DescribeLaunchTemplateVersions", 404, "InvalidLaunchTemplate.NotFound", "LaunchTemplateName=none")]
    [InlineData("DescribeLaunchTemplateVersions", 400, "MissingParameter", "PageSize=10")]
    [InlineData("DescribeLaunchTemplates", 400, "InvalidRegion.NotExist", "RegionId=cn-nowhere")]
    [InlineData("DeleteLaunchTemplate", 400, "MissingParameter", "")]
    [InlineData("RunInstances", 404, "InvalidLaunchTemplate.NotFound", "LaunchTemplateId=lt-none")]
    [InlineData("RunInstances", 404, "InvalidLaunchTemplateVersion.NotFound", "LaunchTemplateName=web&LaunchTemplateVersion=2")]
    [InlineData("RunInstances", 404, "InvalidImageId.NotFound", "LaunchTemplateName=web")]
    [InlineData("RunInstances", 400, "UnexpectedImageFamily.ImageIdSupplied", "LaunchTemplateName=web&ImageFamily=web")]
    public async Task What_is_wrong_has_its_code_and_status(string operation, int status, string code, string parameters)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("ImageId", "m-gone"), ("InstanceType", "ecs.g6.large"));
        await client.RefusedAsync(status, code, operation, Pairs(parameters));
    }

    [Fact]
    public async Task There_are_30_templates_a_region_with_30_versions_each()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        for (var i = 1; i <= 30; i++) await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", string.Create(CultureInfo.InvariantCulture, $"web-{i}")));
        await client.RefusedAsync(403, "LaunchTemplateLimitExceed", "CreateLaunchTemplate", ("LaunchTemplateName", "web-31"));
        await client.OkAsync("CreateLaunchTemplate", ("RegionId", "cn-beijing"), ("LaunchTemplateName", "web-1"));
        for (var i = 2; i <= 30; i++) await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web-1"));
        await client.RefusedAsync(403, "LaunchTemplateVersionLimitExceed", "CreateLaunchTemplateVersion", ("LaunchTemplateName", "web-1"));
    }

    [Fact]
    public async Task Another_account_does_not_see_them()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = (await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"))).Text("LaunchTemplateId");
        Assert.Equal(0, (await guest.OkAsync("DescribeLaunchTemplates")).TotalCount);
        await guest.RefusedAsync(404, "InvalidLaunchTemplate.NotFound", "DescribeLaunchTemplateVersions", ("LaunchTemplateId", id));
    }

    [Fact]
    public async Task A_launch_takes_from_the_template_what_it_does_not_say_itself()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (image, other) = (endpoint.AddImage(client, "web").Id, endpoint.AddImage(client, "other").Id);
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("ImageId", image), ("InstanceType", "ecs.g6.large"), ("InstanceName", "from-template"),
            ("SystemDisk.Size", "60"), ("SystemDisk.Category", "cloud_essd"), ("DataDisk.1.Size", "20"), ("DataDisk.2.Size", "30"), ("KeyPairName", "ours"), ("Tag.1.Key", "env"));
        await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web"), ("ImageId", other), ("InstanceType", "ecs.g6.large"));
        await client.OkAsync("CreateKeyPair", ("KeyPairName", "ours"));

        var plain = await LaunchAsync(client);
        Assert.Equal((image, "from-template", "ours"), (plain.GetProperty("ImageId").GetString(), plain.GetProperty("InstanceName").GetString(), plain.GetProperty("KeyPairName").GetString()));
        Assert.Equal([20, 30, 60], await SizesAsync(client, plain));
        Assert.Single(plain.GetProperty("Tags").GetProperty("Tag").EnumerateArray());

        var overruled = await LaunchAsync(client, ("InstanceName", "own"), ("SystemDisk.Size", "70"), ("DataDisk.1.Size", "40"), ("Password", "Strong-1-enough"));
        Assert.Equal((image, "own", ""), (overruled.GetProperty("ImageId").GetString(), overruled.GetProperty("InstanceName").GetString(), overruled.GetProperty("KeyPairName").GetString()));
        Assert.Equal([40, 70], await SizesAsync(client, overruled));

        Assert.Equal(other, (await LaunchAsync(client, ("LaunchTemplateVersion", "2"))).GetProperty("ImageId").GetString());
        Assert.Equal(other, (await LaunchAsync(client, ("ImageId", other))).GetProperty("ImageId").GetString());
    }

    [Fact]
    public async Task A_template_that_describes_the_network_interface_launches_there_unless_the_call_names_a_place_itself()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (vpc, vswitch, group) = await NetworkTests.MakeAsync(endpoint, client);
        var template = (await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("ImageId", endpoint.AddImage(client, "web").Id), ("InstanceType", "ecs.g6.large"),
            ("NetworkInterface.1.VSwitchId", vswitch), ("NetworkInterface.1.SecurityGroupIds.1", group))).Text("LaunchTemplateId");
        await client.OkAsync("RunInstances", ("LaunchTemplateId", template));
        Assert.Equal(1, (await client.OkAsync("DescribeInstances", ("VSwitchId", vswitch), ("SecurityGroupId", group))).TotalCount);
        await client.OkAsync("CreateLaunchTemplateVersion", ("LaunchTemplateName", "web"), ("ImageId", endpoint.AddImage(client, "db").Id), ("InstanceType", "ecs.g6.large"),
            ("VSwitchId", vswitch), ("SecurityGroupId", group));

        var elsewhere = await client.OkAsync("CreateVSwitch", ("VpcId", vpc), ("ZoneId", "cn-hangzhou-h"), ("CidrBlock", "10.0.8.0/24"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var other = elsewhere.Text("VSwitchId");
        Assert.Equal(other, PlaceOf(await LaunchAsync(client, ("VSwitchId", other), ("SecurityGroupId", group))));
        Assert.Equal(other, PlaceOf(await LaunchAsync(client, ("LaunchTemplateVersion", "2"), ("NetworkInterface.1.VSwitchId", other), ("NetworkInterface.1.SecurityGroupId", group))));

        static string? PlaceOf(JsonElement instance) => instance.GetProperty("VpcAttributes").GetProperty("VSwitchId").GetString();
    }

    [Fact]
    public async Task A_template_of_a_public_image_launches_with_its_disk()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"), ("ImageFamily", "acs:ubuntu_24_04_x64"))).Images[0].GetProperty("ImageId").GetString()!;
        await client.OkAsync("CreateLaunchTemplate", ("LaunchTemplateName", "web"), ("ImageId", image), ("InstanceType", "ecs.g7.large"));
        var launched = await LaunchAsync(client);
        Assert.Equal(image, launched.GetProperty("ImageId").GetString());
    }

    private static async Task<JsonElement> LaunchAsync(TestClient client, params (string, string)[] own)
    {
        var answer = await client.OkAsync("RunInstances", [("LaunchTemplateName", "web"), .. own]);
        var id = answer.List("InstanceIdSets")[0].GetString()!;
        return (await client.OkAsync("DescribeInstances", ("InstanceIds", $"[\"{id}\"]"))).List("Instances")[0];
    }

    private static async Task<IEnumerable<int>> SizesAsync(TestClient client, JsonElement instance) =>
        (await client.OkAsync("DescribeDisks", ("InstanceId", instance.GetProperty("InstanceId").GetString()!))).List("Disks").Select(static d => d.GetProperty("Size").GetInt32()).Order();

    private static (string, string)[] Pairs(string parameters) =>
        [.. parameters.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static p => p.Split('=', 2)).Select(static p => (p[0], p[1]))];
}
