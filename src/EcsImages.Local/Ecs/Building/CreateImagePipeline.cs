using System.Text.Json.Nodes;
using EcsImages.Core.Building;
using EcsImages.Core.Contract;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>Keeps what is to be built, and from what. What it names is checked now, and once more when it is started.</summary>
internal sealed class CreateImagePipeline : IOperation
{
    // The service does not say how many pipelines there may be: that number is this endpoint's.
    private const int MostPipelines = 100, MostTargets = 20;

    // Older parameters, each with the one that took its place.
    private static readonly (string Old, string New)[] Renamed =
    [
        ("ImageName", "ImageOptions.ImageName"), ("ImageFamily", "ImageOptions.ImageFamily"), ("NvmeSupport", "ImageOptions.ImageFeatures.NvmeSupport"),
    ];

    public string Name => "CreateImagePipeline";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } =
    [
        "Name", "Description", "ImageOptions.Description", "ImageOptions.ImageFamily", "ImageOptions.ImageName", "SystemDiskSize", "InternetMaxBandwidthOut",
        "AddAccount.N", "ToRegionId.N", .. TagWords.Judged,
    ];

    public Reply Run(Call call, Session store)
    {
        var type = Choice.Of(call, "BaseImageType", "InvalidBaseImageType.NotSupportedValue", "IMAGE", "IMAGE_FAMILY", "OSS");
        CheckWords(call);
        CheckBuilder(call, store);
        CheckTargets(call);
        NeedFreeName(call, store);
        var tags = TagWords.Read(call);
        if (type == "OSS") PipelineImport.Check(call);
        else CheckNoImport(call);
        CheckContents(call, store, type == "OSS" ? PipelineImport.Described(call) : NeedBaseImage(call, store, isFamily: type == "IMAGE_FAMILY"));
        if (store.Scalar<long>("SELECT count(*) FROM image_pipeline WHERE account = $account AND region = $region",
            ("account", call.Account), ("region", call.RegionId)) >= MostPipelines) throw Error.Of("QuotaExceed.ImagePipeline", MostPipelines);
        var id = Ids.ImagePipeline(call.RegionId);
        store.Execute(
            """
            INSERT INTO image_pipeline (id, account, region, name, resource_group, parameters, created_at)
            VALUES ($id, $account, $region, $name, $group, $parameters, $now)
            """, ("id", id), ("account", call.Account), ("region", call.RegionId), ("name", call.Text("Name") ?? id), ("group", ImageWords.ResourceGroup(call)),
            ("parameters", KeptParameters.Write(Completed(call))), ("now", call.Now.Milliseconds()));
        TagRows.Put(store, call.Account, call.RegionId, "imagepipeline", id, tags);
        return new(new JsonObject { ["ImagePipelineId"] = id });
    }

    private static void CheckWords(Call call)
    {
        NameRule.Name(call, "Name", "InvalidName.Malformed");
        NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        NameRule.Description(call, "ImageOptions.Description", "InvalidImageOptions.Description");
        foreach (var name in (string[])["ImageName", "ImageOptions.ImageName"])
            if (NameRule.Name(call, name, "InvalidImageName.Malformed") is { Length: > 64 } prefix) throw Error.Of("InvalidImageName.Malformed", name, prefix);
        foreach (var name in (string[])["ImageFamily", "ImageOptions.ImageFamily"])
            if (call.Text(name) is { } family && !NameRule.IsName(family)) throw Error.Of("InvalidImageFamily.Malformed", family);
        foreach (var name in (string[])["NvmeSupport", "ImageOptions.ImageFeatures.NvmeSupport"])
            Choice.Of(call, name, "InvalidParameter.NvmeSupport", "supported", "unsupported", "auto");
        Choice.Of(call, "AdvancedOptions.ImageNameSuffix", "InvalidAdvancedOptions.ImageNameSuffix", "disable");
    }

    // Without the execution's id behind it, the name is known now.
    private static void NeedFreeName(Call call, Session store)
    {
        if (call.Text("AdvancedOptions.ImageNameSuffix") is not null && (call.Text("ImageOptions.ImageName") ?? call.Text("ImageName")) is { } name)
            ImageWords.NeedFree(store, call.Account, call.RegionId, name);
    }

    // The machine that the image is built on.
    private static void CheckBuilder(Call call, Session store)
    {
        if (call.Int("SystemDiskSize") is < 20 or > 500) throw Error.Of("InvalidSystemDiskSize.NotSupportedValue", call.Text("SystemDiskSize"));
        if (call.Int("InternetMaxBandwidthOut") is < 0 or > 100) throw Error.Of("InvalidInternetMaxBandwidthOut.NotSupportedValue", call.Text("InternetMaxBandwidthOut"));
        if (call.Text("InstanceType") is { } type && InstanceTypes.Find(type) is null) throw Error.Of("InvalidInstanceType.NotFound", type);
        if (call.Text("VSwitchId") is { } vswitch && Networks.Find(store, call.Account, call.RegionId, vswitch) is null) throw Error.Of("InvalidVSwitchId.NotFound", vswitch);
    }

    private static void CheckTargets(Call call)
    {
        if (call.List("AddAccount") is { Count: > MostTargets } accounts) throw Error.Of("InvalidAddAccountSize.ExceededMaxNumber", accounts.Count, MostTargets);
        var regions = call.List("ToRegionId");
        if (regions.Count > MostTargets) throw Error.Of("InvalidToRegionIdSize.ExceededMaxNumber", regions.Count, MostTargets);
        if (regions.FirstOrDefault(static r => !Regions.IsOpen(r)) is { } unknown) throw Error.Of("InvalidRegionId.NotFound", unknown);
    }

    private static void CheckNoImport(Call call)
    {
        if (call.All.Keys.Any(static n => n.StartsWith("ImportImageOptions.", StringComparison.Ordinal)))
            throw Error.Of("InvalidParameterCombination", "ImportImageOptions is for BaseImageType OSS");
    }

    private static Image NeedBaseImage(Call call, Session store, bool isFamily)
    {
        var name = call.Text("BaseImage") ?? throw Error.Missing("BaseImage");
        var image = (isFamily ? Images.NewestOf(call, store, name) : Images.FindUsable(call, store, name)) ?? throw Error.Of("InvalidImage.NotFound", name);
        return image.CatalogAlias == "marketplace" ? throw Error.Of("InvalidImage.ImageOwnerAliasUnsupported", image.Id) : image;
    }

    private static void CheckContents(Call call, Session store, Image image)
    {
        Repair.Check(call, image);
        PipelineContent.Read(store, call.Account, call.RegionId, call, BuildContentUse.Template, image.OsType);
        PipelineContent.Read(store, call.Account, call.RegionId, call, BuildContentUse.Test, image.OsType);
    }

    // With the defaults of the contract, and both names of what was renamed.
    private static Dictionary<string, string> Completed(Call call)
    {
        var kept = KeptParameters.Of(call, static name => name is not ("RegionId" or "ClientToken"));
        foreach (var (old, now) in Renamed)
        {
            if (kept.GetValueOrDefault(now) is { } value) kept[old] = value;
            else if (kept.GetValueOrDefault(old) is { } older) kept[now] = older;
        }
        if (call.Text("BaseImageType") == "OSS") PipelineImport.Complete(kept);
        Fill(call.Operation.Request, "");
        if (!call.List("ToRegionId").Any()) kept["ToRegionId.1"] = call.RegionId;
        return kept;

        void Fill(IReadOnlyList<ApiField> fields, string prefix)
        {
            foreach (var field in fields)
            {
                var name = prefix + field.Name;
                if (field.Type == "struct" && (field.Name == "AdvancedOptions" || kept.Keys.Any(k => k.StartsWith(name + ".", StringComparison.Ordinal)))) Fill(field.Fields, name + ".");
                else if (field.Default is { } usual) kept.TryAdd(name, usual);
            }
        }
    }
}
