using System.Globalization;
using EcsImages.Core.Ecs;

namespace EcsImages.Core.Images;

/// <summary>Turns what DescribeImages answers into <see cref="EcsImage"/>.</summary>
internal static class ImageReading
{
    public static EcsImage Read(ImageReply reply, string regionId, string accountId, DateOnly seenOn)
    {
        var disks = reply.DiskDeviceMappings?.DiskDeviceMapping.Where(static d => d is not null).Select(Read).ToArray() ?? [];
        return new EcsImage
        {
            ImageId = reply.ImageId ?? "",
            Name = reply.ImageName,
            Family = Wire.NotEmpty(reply.ImageFamily),
            Version = Wire.NotEmpty(reply.ImageVersion),
            Description = Wire.NotEmpty(reply.Description),
            ImageType = ImageTypes.Of(reply.ImageOwnerAlias, reply.IsPublic, reply.ProductCode),
            Status = reply.Status,
            ProgressPercent = Wire.Percent(reply.Progress),
            SizeGiB = reply.Size,
            OSName = Collapse(Wire.NotEmpty(reply.OSNameEn) ?? reply.OSName),
            OSType = reply.OSType,
            Platform = reply.Platform,
            Architecture = reply.Architecture,
            BootMode = Wire.NotEmpty(reply.BootMode),
            NvmeSupport = Wire.NotEmpty(reply.Features?.NvmeSupport),
            ImdsSupport = Wire.NotEmpty(reply.Features?.ImdsSupport),
            CreationTime = Wire.Time(reply.CreationTime),
            Disks = disks,
            IsEncrypted = disks.Any(static d => d.IsEncrypted is true),
            IsCopied = reply.IsCopied,
            IsShared = Wire.Boolean(reply.IsSelfShared),
            IsPublic = reply.IsPublic,
            IsSubscribed = reply.IsSubscribed,
            IsCloudInitSupported = reply.IsSupportCloudinit,
            Usage = reply.Usage,
            OwnerAccountId = reply.ImageOwnerId?.ToString(CultureInfo.InvariantCulture),
            SupplierName = Wire.NotEmpty(reply.SupplierName),
            ProductCode = Wire.NotEmpty(reply.ProductCode),
            LicenseType = Wire.NotEmpty(reply.LicenseType),
            ResourceGroupId = Wire.NotEmpty(reply.ResourceGroupId),
            Tags = Wire.Tags(reply.Tags),
            RegionId = regionId,
            ContextAccountId = accountId,
            SeenOn = seenOn,
        };
    }

    private static EcsImageDisk Read(DiskDeviceMappingReply disk) => new()
    {
        Device = disk.Device,
        DiskType = disk.Type,
        SizeGiB = Wire.Number(disk.Size),
        SnapshotId = Wire.NotEmpty(disk.SnapshotId),
        Format = Wire.NotEmpty(disk.Format),
        IsImported = !string.IsNullOrEmpty(disk.ImportOSSBucket),
        IsEncrypted = disk.Encrypted,
        ProgressPercent = Wire.Percent(disk.Progress),
        RemainingSeconds = disk.RemainTime,
    };

    // Live answers carry two blanks before the bitness.
    private static string? Collapse(string? name) => name?.Replace("  ", " ", StringComparison.Ordinal);
}
