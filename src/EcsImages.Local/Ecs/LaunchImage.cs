using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The image that instances are launched from, and whether it starts on their type.</summary>
internal static class LaunchImage
{
    public static Image Need(Call call, Session store)
    {
        var (id, family) = (call.Text("ImageId"), call.Text("ImageFamily"));
        if (id is not null && family is not null) throw Error.Of("UnexpectedImageFamily.ImageIdSupplied");
        if (id is null && family is null) throw Error.Missing("ImageId");
        var image = Find(call, store) ?? throw (id is not null
            ? Error.ImageNotFound(id, call.RegionId) : Error.Of("InvalidImageFamily.MissingAvailableImage", family));
        // Nothing in this API subscribes an account to a product.
        if (image.CatalogAlias == "marketplace") throw Error.Of("ImageNotSubscribed", image.Id);
        var status = ImageState.At(image, call.Now);
        return StatusRule.Launches(status) is true ? image : throw Error.Of("IncorrectImageStatus", image.Id, status);
    }

    /// <summary>The image as named, not judged.</summary>
    public static Image? Find(Call call, Session store) =>
        call.Text("ImageId") is { } id ? Images.FindUsable(call, store, id)
        : call.Text("ImageFamily") is { } family ? Images.NewestOf(call, store, family) : null;

    /// <summary>Those of the catalog have no rows, and so no disks, of their own.</summary>
    public static bool IsOfCatalog(Image image) => image.RegionId.Length == 0;

    public static SyntheticDisk DiskOf(Image image) => new()
    {
        Seed = image.Id,
        SizeGiB = image.SizeGiB,
        OsType = image.OsType,
        BootMode = image.BootMode,
        Architecture = image.Architecture,
        Label = image.Platform,
    };

    /// <exception cref="EndpointError">InvalidInstanceType.NotSupported: other processors; ImageNotSupportInstanceType: anything else that keeps it from starting.</exception>
    public static void CheckFits(Image image, InstanceType type)
    {
        if (Compatibility.RefusalOf(image, type) is not var (rule, reason)) return;
        throw rule == ArchitectureRule.Name
            ? Error.Of("InvalidInstanceType.NotSupported", $"{image.Id} on {type.Id}: {reason}") : Error.Of("ImageNotSupportInstanceType", image.Id, type.Id, reason);
    }
}
