namespace EcsImages.Local.Tests.Imports;

public sealed class ImportErrorTests
{
    [Theory]
    [InlineData(400, "InvalidImageName.Malformed", "ImageName=http://web")]
    [InlineData(400, "InvalidDescription.Malformed", "Description=https://web")]
    [InlineData(404, "InvalidResourceGroup.NotFound", "ResourceGroupId=one")]
    [InlineData(403, "TagKey.Duplication", "Tag.1.Key=env", "Tag.2.Key=ENV")]
    [InlineData(400, "InvalidTagKey.Malformed", "Tag.1.Key=acs:env")]
    [InlineData(400, "InvalidOSType.Malformed", "OSType=Linux")]
    [InlineData(400, "InvalidPlatform.Malformed", "Platform=Slackware")]
    [InlineData(400, "InvalidPlatform.Malformed", "Platform=Ubuntu", "OSType=windows")]
    [InlineData(400, "InvalidPlatform.Malformed", "Platform=Windows Server 2022", "OSType=linux")]
    [InlineData(400, "InvalidArchitecture.Malformed", "Architecture=riscv64")]
    [InlineData(403, "InvalidArchitecture.PlatformUnsupported", "Architecture=arm64", "OSType=windows")]
    [InlineData(400, "InvalidBootMode.Malformed", "BootMode=UEFI-Preferred")]
    [InlineData(400, "InvalidBootMode.NotSupport", "BootMode=BIOS", "Architecture=arm64")]
    [InlineData(400, "InvalidLicenseType.NotSupported", "LicenseType=GPL")]
    [InlineData(400, "InvalidParameter.DetectionStrategy", "DetectionStrategy=Deep")]
    [InlineData(403, "ImageCheckUnsupported.WindowsImage", "DetectionStrategy=Standard", "OSType=windows")]
    [InlineData(400, "InvalidParameter.FeaturesImdsSupport", "Features.ImdsSupport=v3")]
    [InlineData(400, "InvalidParameter", "Features.NvmeSupport=perhaps")]
    [InlineData(403, "InvalidStorageLocation.NotFound", "StorageLocationArn=arn:acs:cloudbox:cn-hangzhou:123456:cloudbox/cb-1")]
    [InlineData(400, "InvalidClientToken.Malformed", "ClientToken=ünique")]
    [InlineData(400, "InvalidClientToken.Malformed", "ClientToken=0123456789012345678901234567890123456789012345678901234567890123456789")]
    [InlineData(400, "InvalidRegionId.NotFound", "RegionId=cn-atlantis")]
    [InlineData(400, "InvalidParameter", "DiskDeviceMapping.1.SnapshotId=s-1")]
    [InlineData(400, "InvalidParameter", "ImageFamily=web")]
    [InlineData(400, "MissingParameter", "DiskDeviceMapping.1.OSSBucket=-")]
    [InlineData(400, "MissingParameter", "DiskDeviceMapping.1.OSSObject=-")]
    [InlineData(400, "MissingParameter", "DiskDeviceMapping.2.Format=RAW")]
    [InlineData(400, "InvalidOSSBucket.Malformed", "DiskDeviceMapping.1.OSSBucket=Not_A_Bucket")]
    [InlineData(400, "InvalidOSSBucket.NotFound", "DiskDeviceMapping.1.OSSBucket=no-such-bucket")]
    [InlineData(400, "InvalidOSSBucket.NotMatched", "RegionId=cn-beijing")]
    [InlineData(400, "InvalidOSSObject.Malformed", "DiskDeviceMapping.1.OSSObject=/a.raw")]
    [InlineData(400, "InvalidOSSObject.NotFound", "DiskDeviceMapping.1.OSSObject=b.raw")]
    [InlineData(400, "InvalidOSSObject.Size", "DiskDeviceMapping.1.OSSObject=empty.raw")]
    [InlineData(400, "UnsupportedSuffix.OSSObject", "DiskDeviceMapping.1.OSSObject=a.raw.tar.gz")]
    [InlineData(400, "InvalidImageFormat.Malformed", "DiskDeviceMapping.1.Format=VHDX")]
    [InlineData(400, "InvalidImageSize", "DiskDeviceMapping.1.DiskImageSize=0")]
    [InlineData(400, "InvalidImageSize", "DiskDeviceMapping.1.DiskImSize=2049")]
    [InlineData(400, "InvalidDataDiskSize", "DiskDeviceMapping.2.OSSBucket=import-bucket", "DiskDeviceMapping.2.OSSObject=a.raw", "DiskDeviceMapping.2.DiskImageSize=2049")]
    public async Task What_is_wrong_is_refused_with_the_codes_of_the_service_and_makes_nothing(int status, string code, params string[] wrong)
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        await world.PutAsync("empty.raw", []);
        await world.RefusedAsync(status, code, ImportWorld.Disk("a.raw", [.. wrong.Select(static w => w.Split('=', 2)).Select(static w => (w[0], w[1]))]));
        Assert.Equal(0, world.Endpoint.Count("SELECT (SELECT count(*) FROM image) + (SELECT count(*) FROM task)"));
    }

    [Fact]
    public async Task An_import_without_disks_or_without_the_first_is_refused()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.RefusedAsync(403, "MissingParameter.DiskDeviceMapping", ("ImageName", "web"));
        await world.RefusedAsync(400, "MissingParameter", ("DiskDeviceMapping.2.OSSBucket", ImportWorld.BucketName), ("DiskDeviceMapping.2.OSSObject", "a.raw"));
    }

    [Fact]
    public async Task Another_accounts_bucket_is_not_read()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        using var other = await world.Endpoint.ClientAsync("other");
        ImportWorld.GiveRole(world.Endpoint, other);
        await other.RefusedAsync(400, "InvalidOSSBucket.NotMatched", "ImportImage", ImportWorld.Disk("a.raw"));
    }

    [Fact]
    public async Task A_disk_must_hold_its_object()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(40_000));
        // As if it had more than a GiB: beyond what is stored, a content is zeros.
        world.Endpoint.Arrange(static s =>
        {
            s.Execute("UPDATE oss_piece SET length = 1073741825");
            s.Execute("UPDATE oss_object SET size = 1073741825");
        });
        (string, string)[] data = [("DiskDeviceMapping.2.OSSBucket", ImportWorld.BucketName), ("DiskDeviceMapping.2.OSSObject", "a.raw"), ("DiskDeviceMapping.2.DiskImageSize", "1")];
        await world.RefusedAsync(400, "InvalidDataDiskSize", ImportWorld.Disk("a.raw", data));
        await world.ImportAsync("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "2"));
        await world.RefusedAsync(400, "InvalidImageSize", ImportWorld.Disk("a.raw", ("DiskDeviceMapping.1.DiskImageSize", "1")));
    }

    [Fact]
    public async Task A_name_is_taken_by_an_image_and_the_same_import_runs_once()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        await world.PutAsync("b.raw", ImportWorld.Bytes(1000));
        await world.ImportAsync("a.raw", ("ImageName", "web"));
        await world.RefusedAsync(403, "ImageIsImporting", ImportWorld.Disk("a.raw", ("ImageName", "web")));
        await world.RefusedAsync(400, "InvalidImageName.Duplicated", ImportWorld.Disk("b.raw", ("ImageName", "web")));
        world.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await world.RefusedAsync(400, "InvalidImageName.Duplicated", ImportWorld.Disk("a.raw", ("ImageName", "web")));
    }

    [Fact]
    public async Task The_quota_of_images_holds_for_imports()
    {
        await using var world = await ImportWorld.StartAsync();
        await world.PutAsync("a.raw", ImportWorld.Bytes(1000));
        world.Endpoint.AddImages(world.Client, 100, static (image, _) => image);
        await world.RefusedAsync(403, "QuotaExceed.Image", ImportWorld.Disk("a.raw"));
    }
}
