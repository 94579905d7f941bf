using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

/// <summary>Images to ask about.</summary>
internal static class Some
{
    /// <summary>The day of the table of lifecycles, so that its rows mean what they meant when it was made.</summary>
    public static readonly DateOnly Today = new(2026, 11, 23);

    public static EcsImage Image(EcsImageType? type = EcsImageType.Public, string? osName = "Ubuntu 24.04 64 bit", string id = "m-bp1some") => new()
    {
        ImageId = id,
        RegionId = "cn-hangzhou",
        ContextAccountId = "1000",
        ImageType = type,
        OSName = osName,
        SeenOn = Today,
        OSType = osName?.StartsWith("Windows", StringComparison.Ordinal) is true ? "windows" : "linux",
    };

    /// <summary>An image that ImportImage made.</summary>
    public static EcsImage Imported(string osName, string? license = null) => Image(EcsImageType.Custom, osName) with
    {
        LicenseType = license,
        Disks = [new EcsImageDisk { Device = "/dev/xvda", DiskType = "system", SizeGiB = 40, Format = "QCOW2", IsImported = true }],
    };
}
