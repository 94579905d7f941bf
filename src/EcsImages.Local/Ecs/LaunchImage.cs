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
        return status is ImageState.Available or ImageState.Deprecated ? image : throw Error.Of("IncorrectImageStatus", image.Id, status);
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

    public static void CheckFits(Image image, InstanceType type)
    {
        if (Compatibility.Supports(image, type) && !(image is { Architecture: "i386", OsType: "windows" } && type.Cpus > 4)) return;
        if ((image.Architecture == "arm64") != (type.CpuArchitecture == "ARM"))
            throw Error.Of("InvalidInstanceType.NotSupported", $"{type.Id} has {type.CpuArchitecture} processors, {image.Id} is {image.Architecture}");
        throw Error.Of("ImageNotSupportInstanceType", image.Id, type.Id, Reason(image, type));
    }

    private static string Reason(Image image, InstanceType type) =>
        image.Architecture == "i386" && type.MemoryGiB >= 4 ? $"a 32-bit system needs less than 4 GiB of memory, the type has {type.MemoryGiB}"
        : image.Architecture == "i386" && image.OsType == "windows" && type.Cpus > 4 ? $"32-bit Windows needs up to 4 processors, the type has {type.Cpus}"
        : image.OsType == "windows" && type.MemoryGiB < 1 ? $"Windows needs 1 GiB of memory, the type has {type.MemoryGiB}"
        : type.Nvme == "required" && image.Nvme != "supported" ? "the type has NVMe disks, the image no driver for them"
        : image.BootMode != "UEFI-Preferred" && !type.BootModes.Contains(image.BootMode)
            ? $"the image boots by {image.BootMode}, the type by {string.Join(" or ", type.BootModes)}"
        : $"the image starts on {string.Join(", ", image.Families)} only";
}
