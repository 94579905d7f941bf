using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>The image that an execution builds on, found as it starts: named, the newest of a family, or imported for it.</summary>
internal sealed record BaseImage(Image Image, string? ImportTask)
{
    private static readonly string[] NoObject = ["InvalidOSSBucket.NotFound", "InvalidOSSBucket.NotMatched", "InvalidOSSObject.NotFound"];

    /// <exception cref="EndpointError">There is none (any more).</exception>
    public static BaseImage Find(Call call, Session store, string pipeline, Parameters kept, ImportImage import)
    {
        var type = kept.Text("BaseImageType");
        if (type == "OSS") return Import(call, store, pipeline, kept, import);
        var name = kept.Needed("BaseImage");
        return new((type == "IMAGE_FAMILY" ? Images.NewestOf(call, store, name) : Images.FindUsable(call, store, name))
            ?? throw Error.Of("InvalidImagePipeline.BaseImageNotFound", pipeline, name), null);
    }

    /// <summary>The import as a call of ImportImage.</summary>
    public static Call ImportCall(Call call, Session store, Parameters kept)
    {
        var options = kept.Struct("ImportImageOptions");
        return ServiceCall.Of(store, new Caller(call.Caller), call.RegionId, call.RequestId, ImportImage.Action,
            [
                ("RegionId", call.RegionId), .. ((string[])["ImageName", "Description", "Architecture", "OSType", "Platform", "BootMode", "LicenseType", "RoleName",
                    "Features.NvmeSupport", "Features.ImdsSupport"]).Select(n => (n, options.Text(n))),
                .. Listed(options, "DiskDeviceMappings", "DiskDeviceMapping", "OSSBucket", "OSSObject", "Format", "DiskImageSize"),
                .. Listed(options, "ImportImageTags", "Tag", "Key", "Value"),
            ]);
    }

    private static BaseImage Import(Call call, Session store, string pipeline, Parameters kept, ImportImage import)
    {
        try
        {
            var begun = import.Run(ImportCall(call, store, kept), store).Body;
            var id = begun["ImageId"]!.GetValue<string>();
            return new(ImageRows.FindOwn(store, call.Account, call.RegionId, id)!, begun["TaskId"]!.GetValue<string>());
        }
        catch (EndpointError e) when (NoObject.Contains(e.Code))
        {
            throw Error.Of("InvalidImagePipeline.OSSObjectNotFound", pipeline, e.Message);
        }
        catch (EndpointError e) when (e.Code == "NoSetRoletoECSServiceAcount")
        {
            throw Error.Of("InvalidOperation.NoRightAccessOSS", pipeline, e.Message);
        }
    }

    private static IEnumerable<(string, string?)> Listed(Parameters options, string from, string to, params string[] members) => options.Structs(from)
        .SelectMany((item, i) => members.Select(m => ($"{to}.{i + 1}.{m}", item.Text(m))));
}
