using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>What RunInstances and CreateInstance have in common: checks all of a launch, then stores instances and disks.</summary>
internal static class Launch
{
    // What the endpoint has none of, so that any id is unknown.
    private static readonly (string Parameter, string Code)[] Absent =
    [
        ("DedicatedHostId", "InvalidDedicatedHostId.NotFound"), ("DeploymentSetId", "InvalidDeploymentSetId.NotFound"),
        ("HpcClusterId", "InvalidHpcClusterId.NotFound"),
    ];

    /// <summary>The parameters whose every value is refused.</summary>
    public static IReadOnlyList<string> Refused { get; } = [.. Absent.Select(static a => a.Parameter)];

    /// <summary>The patterns that both judge by codes of their own.</summary>
    public static IReadOnlyList<string> Judged { get; } =
    [
        "InstanceName", "HostName", "Description", "Password", "Tag", "Tag.N.Key", "Tag.N.Value", "DataDisk",
        "SystemDisk.DiskName", "SystemDisk.Description", "DataDisk.N.DiskName", "DataDisk.N.Description",
    ];

    /// <summary>The disk of a public image, whose content has to be there before.</summary>
    public static IReadOnlyList<SyntheticDisk> Needs(Call call, Session store) =>
        LaunchImage.Find(call, store) is { } image && LaunchImage.IsOfCatalog(image) && image.CatalogAlias != "marketplace" ? [LaunchImage.DiskOf(image)] : [];

    /// <summary>The ids of the new instances, on their way to that state; those that will run have the public address that they ask for.</summary>
    public static IReadOnlyList<string> Run(Call call, Session store, int amount, string outcome)
    {
        foreach (var (parameter, code) in Absent)
            if (call.Text(parameter) is { } id) throw Error.Of(code, id);
        var image = LaunchImage.Need(call, store);
        var wanted = call.Text("InstanceType") ?? throw Error.Missing("InstanceType");
        var type = InstanceTypes.Find(wanted) ?? throw Error.Of("InvalidInstanceType.ValueNotSupported", wanted);
        LaunchImage.CheckFits(image, type);
        LaunchLogin.Check(call, store, image);
        LaunchRole.Check(call, store);
        Choice.Of(call, "InstanceChargeType", "InvalidInstanceChargeType.NotFound", "PrePaid", "PostPaid");
        Choice.Of(call, "InternetChargeType", "InvalidInternetChargeType.ValueNotSupported", "PayByBandwidth", "PayByTraffic");
        var names = new LaunchNames(call, image, amount);
        var tags = TagWords.Read(call);
        var network = LaunchNetwork.Choose(call, store, amount);
        var disks = LaunchDisks.Plan(call, store, image, type, network.VSwitch.ZoneId);
        var description = NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        var ids = new List<string>();
        for (var i = 0; i < amount; i++)
        {
            var id = Ids.Instance(call.RegionId);
            var instance = Instance(call, image, type, network, id) with
            {
                Name = names.Name(i, id),
                HostName = names.HostName(i, id),
                Description = description,
                PrivateIp = network.Addresses[i],
            };
            if (outcome == InstanceRow.Running && instance.BandwidthOut > 0) instance = instance with { PublicIp = PublicAddress(store) };
            instance.Insert(store, outcome, seconds: 1);
            TagRows.Put(store, call.Account, call.RegionId, "instance", id, tags);
            foreach (var plan in disks)
            {
                var disk = plan with { Id = Ids.Disk(call.RegionId), InstanceId = id };
                disk.Insert(store, seconds: 0.3);
                TagRows.Put(store, call.Account, call.RegionId, "disk", disk.Id, tags);
            }
            ids.Add(id);
        }
        return ids;
    }

    private static string PublicAddress(Session store) => PublicAddresses.Free(store) ?? throw Error.Of("InvalidOperation.PublicIpAddressNoStock");

    private static InstanceRow Instance(Call call, Image image, InstanceType type, LaunchNetwork network, string id) => new()
    {
        Id = id,
        Account = call.Account,
        RegionId = call.RegionId,
        ZoneId = network.VSwitch.ZoneId,
        ImageId = image.Id,
        InstanceType = type.Id,
        OsType = image.OsType,
        OsName = image.OsName,
        OsNameEn = image.OsNameEn,
        VSwitchId = network.VSwitch.Id,
        SecurityGroups = network.Groups,
        BandwidthOut = call.Int("InternetMaxBandwidthOut") ?? 0,
        InternetChargeType = call.Text("InternetChargeType") ?? "PayByTraffic",
        ChargeType = call.Text("InstanceChargeType") ?? "PostPaid",
        KeyPair = call.Text("KeyPairName") ?? "",
        ResourceGroup = call.Text("ResourceGroupId") ?? "",
        HttpTokens = image.Imds == "v2" ? "required" : call.Text("HttpTokens") ?? "optional",
        DeletionProtection = call.Bool("DeletionProtection") ?? false,
        CreatedAt = call.Now,
    };
}
