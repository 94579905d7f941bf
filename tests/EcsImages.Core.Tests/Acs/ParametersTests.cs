using System.Globalization;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;

namespace EcsImages.Core.Tests.Acs;

public sealed class ParametersTests
{
    [Fact]
    public void Lists_count_from_one_and_members_follow_a_dot()
    {
        var sent = AcsParameters.Of(EcsApi.CreateImage, new CreateImageRequest
        {
            RegionId = "cn-hangzhou",
            DiskDeviceMapping = [new() { SnapshotId = "s-1", Size = 40 }, new() { SnapshotId = "s-2", Device = "/dev/xvdb" }],
            Features = new ImdsRequest { ImdsSupport = "v2" },
        });
        Assert.Equal(
        [
            "DiskDeviceMapping.1.Size=40", "DiskDeviceMapping.1.SnapshotId=s-1", "DiskDeviceMapping.2.Device=/dev/xvdb",
            "DiskDeviceMapping.2.SnapshotId=s-2", "Features.ImdsSupport=v2", "RegionId=cn-hangzhou",
        ], sent.Select(static p => $"{p.Key}={p.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_list_of_texts_is_numbered()
    {
        var sent = AcsParameters.Of(EcsApi.ModifyImageSharePermission,
            new ModifyImageSharePermissionRequest { RegionId = "r", ImageId = "m", AddAccount = [.. Enumerable.Range(1, 11).Select(static i => $"a{i}")] });
        Assert.Contains(new("AddAccount.1", "a1"), sent);
        Assert.Contains(new("AddAccount.11", "a11"), sent);
        Assert.DoesNotContain(sent, static p => p.Key == "AddAccount.0");
    }

    [Fact]
    public void Null_and_an_empty_list_are_left_out_and_an_empty_text_is_sent()
    {
        var sent = AcsParameters.Of(EcsApi.ModifyImageAttribute,
            new ModifyImageAttributeRequest { RegionId = "r", ImageId = "m", Description = "", ImageName = null });
        Assert.Equal([new("RegionId", "r"), new("ImageId", "m"), new("Description", "")], sent);
        Assert.Single(AcsParameters.Of(EcsApi.DescribeImages, new DescribeImagesRequest { RegionId = "r", Tag = [] }));
    }

    [Theory]
    [InlineData(true, "true")]
    [InlineData(false, "false")]
    public void Booleans_are_in_lower_case(bool value, string wire) =>
        Assert.Contains(new("DryRun", wire), AcsParameters.Of(EcsApi.DeleteImage, new DeleteImageRequest { RegionId = "r", ImageId = "m", DryRun = value }));

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    public void Numbers_do_not_depend_on_the_culture(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            var types = AcsParameters.Of(EcsApi.DescribeInstanceTypes, new DescribeInstanceTypesRequest { MinimumMemorySize = 1234.5, MaxResults = -1, MinimumCpuCoreCount = 1000 });
            Assert.Contains(new("MinimumMemorySize", "1234.5"), types);
            Assert.Contains(new("MaxResults", "-1"), types);
            Assert.Contains(new("MinimumCpuCoreCount", "1000"), types);
            Assert.Contains(new("ImageOwnerId", "1234567890123456"),
                AcsParameters.Of(EcsApi.DescribeImages, new DescribeImagesRequest { RegionId = "r", ImageOwnerId = 1234567890123456 }));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("a\"b\\c/ <>&'+ 镜像 😀\n\t")]
    [InlineData("{\"json\":[1]}")]
    public void Texts_arrive_as_they_are(string text) =>
        Assert.Contains(new("Description", text),
            AcsParameters.Of(EcsApi.ModifyImageAttribute, new ModifyImageAttributeRequest { RegionId = "r", ImageId = "m", Description = text }));
}
