namespace EcsImages.Core.Workflows;

/// <summary>Which refusals of RunInstances are about image, type and system disk. Source: its error table.</summary>
internal static class LaunchRefusals
{
    private static readonly HashSet<string> Codes = new(StringComparer.Ordinal)
    {
        "InvalidInstanceType.NotSupported", "InvalidInstanceType.NotSupportDiskCategory", "InvalidInstanceType.ValueNotSupported",
        "ImageNotSupportInstanceType", "InvalidParameter.Conflict", "OperationDenied.ImageNotValid", "IncorrectImageStatus",
        "InvalidImageId.NotFound", "InvalidImage.NotSupported", "InvalidMarketImage.NotFound", "ImageNotSubscribed", "ImageRemovedInMarket",
        "InvalidDisk.SystemDiskSize", "InvalidSystemDiskCategory.ValueNotSupported",
    };

    public static bool IsAboutImageOrType(string code) =>
        Codes.Contains(code) || code.StartsWith("InvalidSystemDiskSize", StringComparison.Ordinal) || code.StartsWith("NotSupportSnapshotEncrypted", StringComparison.Ordinal);
}
