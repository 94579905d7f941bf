using System.Text;
using System.Text.Json.Nodes;
using EcsImages.Core.Contract;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>Keeps what is to be built, and from what. The commands of BuildContent and TestContent are kept as they are.</summary>
internal sealed class CreateImagePipeline : IOperation
{
    // The service says how long a content may be, not how many pipelines there may be: that number is this endpoint's.
    private const int MostBytes = 16 * 1024, MostPipelines = 100, MostTargets = 20;

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
        var tags = TagWords.Read(call);
        if (type == "OSS") PipelineImport.Check(call);
        else CheckBaseImage(call, store, isFamily: type == "IMAGE_FAMILY");
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
        CheckLength(call, "BuildContent", "InvalidBuildContent.LengthExceeded");
        CheckLength(call, "TestContent", "InvalidParameter.TestContent");
        foreach (var name in (string[])["NvmeSupport", "ImageOptions.ImageFeatures.NvmeSupport"])
            Choice.Of(call, name, "InvalidParameter.NvmeSupport", "supported", "unsupported", "auto");
        Choice.Of(call, "AdvancedOptions.ImageNameSuffix", "InvalidAdvancedOptions.ImageNameSuffix", "disable");
        var repair = Choice.Of(call, "RepairMode", "InvalidParameter.RepairMode", "Standard", "All", "Customized");
        if (repair is null && call.List("RepairItem").Count > 0) throw Error.Of("MissingParameter.RepairMode");
    }

    private static void CheckLength(Call call, string name, string code)
    {
        if (call.Text(name) is { } text && Encoding.UTF8.GetByteCount(text) is var bytes and > MostBytes) throw Error.Of(code, bytes, MostBytes);
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

    private static void CheckBaseImage(Call call, Session store, bool isFamily)
    {
        if (call.All.Keys.Any(static n => n.StartsWith("ImportImageOptions.", StringComparison.Ordinal)))
            throw Error.Of("InvalidParameterCombination", "ImportImageOptions is for BaseImageType OSS");
        var name = call.Text("BaseImage") ?? throw Error.Missing("BaseImage");
        var image = (isFamily ? Images.NewestOf(call, store, name) : Images.FindUsable(call, store, name)) ?? throw Error.Of("InvalidImage.NotFound", name);
        if (image.CatalogAlias == "marketplace") throw Error.Of("InvalidImage.ImageOwnerAliasUnsupported", image.Id);
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
