using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeImageFromFamily : IOperation
{
    // This operation's row has fewer fields than that of DescribeImages.
    private static readonly string[] Absent =
    [
        "BootMode", "Features", "ImageOwnerId", "IsPublic", "LoginAsNonRootSupported", "OSNameEn", "ResourceGroupId",
        "SupplierName", "LicenseType", "SecureBootOptions", "DetectionOptions", "Usable",
    ];

    public string Name => "DescribeImageFromFamily";

    public Reply Run(Call call, Session store)
    {
        if (Images.NewestOf(call, store, call.Needed("ImageFamily")) is not { } image) return Reply.Empty;
        var json = ImageJson.Of(call, store, image);
        foreach (var name in Absent) json.Remove(name);
        foreach (var disk in json["DiskDeviceMappings"]!["DiskDeviceMapping"]!.AsArray())
        {
            disk!.AsObject().Remove("Encrypted");
            disk.AsObject().Remove("Progress");
        }
        return new(new() { ["Image"] = json });
    }
}
