using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Changes what is given and nothing else; an empty Description clears it, a family can be changed but not removed.</summary>
internal sealed class ModifyImageAttribute : IOperation
{
    public string Name => "ModifyImageAttribute";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ImageWords.Judged;

    public Reply Run(Call call, Session store)
    {
        var name = ImageWords.Name(call, "ImageName");
        var description = ImageWords.Description(call, "Description");
        var family = ImageWords.Family(call);
        var image = Images.NeedOwn(call, store, call.Needed("ImageId"));
        if (name is not null && name != image.Name) ImageWords.NeedFree(store, call.Account, call.RegionId, name);
        if (family is not null && family != image.Family)
            ImageQuota.NeedRoomInFamily(call, store, family, "ImageQuotaFull.ImageFamily", "ImageFamilyQuotaFull");
        ImageRows.Update(store, image with
        {
            Name = name ?? image.Name,
            Description = description ?? image.Description,
            Family = family ?? image.Family,
            BootMode = BootModeOf(call, store, image),
            Nvme = NvmeOf(call) ?? image.Nvme,
            Imds = ImdsOf(call, image),
            LicenseType = Choice.Of(call, "LicenseType", "InvalidLicenseType.NotSupported", "BYOL") ?? image.LicenseType,
            Outcome = StatusOf(call, store, image),
        });
        return Reply.Empty;
    }

    private static string BootModeOf(Call call, Session store, Image image)
    {
        if (BootModes.Read(call) is not { } asked) return image.BootMode;
        var mode = BootModes.For(image, asked);
        if (mode != image.BootMode && IsUsedByAnybody(store, image)) throw Error.Of("OperationDeined.ImageUsingByInstance", image.Id);
        return mode;
    }

    // Also by instances of accounts that it is shared with.
    private static bool IsUsedByAnybody(Session store, Image image) => store.Scalar<long>(
        """
        SELECT EXISTS (SELECT 1 FROM instance WHERE image = $id
            AND account IN (SELECT $owner UNION SELECT account FROM image_share WHERE image = $id))
        """, ("id", image.Id), ("owner", image.Owner)) > 0;

    private static string? NvmeOf(Call call)
    {
        var nvme = call.Struct("Features").Text("NvmeSupport");
        return nvme is null or "supported" or "unsupported" ? nvme
            : throw Error.Invalid("Features.NvmeSupport", $"{nvme} is neither supported nor unsupported.");
    }

    private static string ImdsOf(Call call, Image image) => (call.Struct("Features").Text("ImdsSupport"), image.Imds) switch
    {
        (null, var kept) => kept,
        ("v1", "v2") => throw Error.Of("InvalidOperation.FeaturesImdsSupportNotMatch", image.Id),
        ("v1" or "v2", _) and var (asked, _) => asked!,
        var (strange, _) => throw Error.Of("InvalidParameter.FeaturesImdsSupport", strange),
    };

    private static string StatusOf(Call call, Session store, Image image)
    {
        if (call.Text("Status") is not { } asked) return image.Outcome;
        if (asked is not (ImageState.Deprecated or ImageState.Available)) throw Error.Invalid("Status", $"{asked} is neither Deprecated nor Available.");
        var state = ImageState.At(image, call.Now);
        if (state is ImageState.Creating or ImageState.Waiting) throw Error.Of("InvalidStatus.ImageIsCreating", image.Id);
        if (asked == ImageState.Available) return state == ImageState.Deprecated ? asked : throw Error.Of("ImageStatus.NotDeprecated", image.Id, state);
        if (state != ImageState.Available) throw Error.Of("ImageStatus.NotAvailable", image.Id, state);
        return ImageShares.Any(store, image.Id) ? throw Error.Of("ImageUseShared", image.Id) : asked;
    }
}
