using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Launches instances. Nothing boots: each is Pending, Starting and Running by the clock, and its disks are real.</summary>
internal sealed class RunInstances : IPreparedOperation
{
    // What the endpoint has none of, so that any id is unknown.
    private static readonly (string Parameter, string Code)[] Absent =
    [
        ("DedicatedHostId", "InvalidDedicatedHostId.NotFound"), ("DeploymentSetId", "InvalidDeploymentSetId.NotFound"),
        ("HpcClusterId", "InvalidHpcClusterId.NotFound"),
    ];

    public string Name => "RunInstances";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } =
    [
        "Amount", "MinAmount", "InstanceName", "HostName", "Description", "Password", "Tag", "Tag.N.Key", "Tag.N.Value", "DataDisk",
        "SystemDisk.DiskName", "SystemDisk.Description", "DataDisk.N.DiskName", "DataDisk.N.Description",
    ];

    public IReadOnlyList<string> RefusedHere { get; } = [.. Absent.Select(static a => a.Parameter)];

    public IReadOnlyList<SyntheticDisk> Needs(Call call, Session store) =>
        LaunchImage.Find(LaunchTemplateChoice.Apply(call, store), store) is { } image && LaunchImage.IsOfCatalog(image) && image.CatalogAlias != "marketplace" ? [LaunchImage.DiskOf(image)] : [];

    public Reply Run(Call call, Session store)
    {
        call = LaunchTemplateChoice.Apply(call, store);
        foreach (var (parameter, code) in Absent)
            if (call.Text(parameter) is { } id) throw Error.Of(code, id);
        var image = LaunchImage.Need(call, store);
        var wanted = call.Text("InstanceType") ?? throw Error.Missing("InstanceType");
        var type = InstanceTypes.Find(wanted) ?? throw Error.Of("InvalidInstanceType.ValueNotSupported", wanted);
        LaunchImage.CheckFits(image, type);
        LaunchLogin.Check(call, image);
        Choice.Of(call, "InstanceChargeType", "InvalidInstanceChargeType.NotFound", "PrePaid", "PostPaid");
        Choice.Of(call, "InternetChargeType", "InvalidInternetChargeType.ValueNotSupported", "PayByBandwidth", "PayByTraffic");
        var amount = Amount(call);
        var names = new LaunchNames(call, image, amount);
        var tags = TagWords.Read(call);
        var network = LaunchNetwork.Choose(call, store, amount);
        var disks = LaunchDisks.Plan(call, store, image, type, network.VSwitch.ZoneId);
        var description = NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        var ids = new JsonArray();
        for (var i = 0; i < amount; i++)
        {
            var id = Ids.Instance(call.RegionId);
            var instance = Instance(call, store, image, type, network, id) with
            {
                Name = names.Name(i, id),
                HostName = names.HostName(i, id),
                Description = description,
                PrivateIp = network.Addresses[i],
            };
            instance.Insert(store, seconds: 1);
            TagRows.Put(store, call.Account, call.RegionId, "instance", id, tags);
            foreach (var plan in disks)
            {
                var disk = plan with { Id = Ids.Disk(call.RegionId), InstanceId = id };
                disk.Insert(store, seconds: 0.3);
                TagRows.Put(store, call.Account, call.RegionId, "disk", disk.Id, tags);
            }
            ids.Add(id);
        }
        return new(new JsonObject { ["InstanceIdSets"] = new JsonObject { ["InstanceIdSet"] = ids } });
    }

    private static int Amount(Call call)
    {
        var amount = call.Int("Amount") ?? 1;
        if (amount is < 1 or > 100) throw Error.Of("InvalidMaxAmount.Malformed", amount);
        if (call.Int("MinAmount") is { } least && (least < 1 || least > amount)) throw Error.Of("InvalidMinAmount.Malformed", least);
        return amount;
    }

    private static InstanceRow Instance(Call call, Session store, Image image, InstanceType type, LaunchNetwork network, string id)
    {
        var bandwidth = call.Int("InternetMaxBandwidthOut") ?? 0;
        return new()
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
            PublicIp = bandwidth > 0 ? PublicAddress(store) : "",
            BandwidthOut = bandwidth,
            ChargeType = call.Text("InstanceChargeType") ?? "PostPaid",
            KeyPair = call.Text("KeyPairName") ?? "",
            ResourceGroup = call.Text("ResourceGroupId") ?? "",
            HttpTokens = image.Imds == "v2" ? "required" : call.Text("HttpTokens") ?? "optional",
            DeletionProtection = call.Bool("DeletionProtection") ?? false,
            CreatedAt = call.Now,
        };
    }

    // 198.18.0.0/15 is set apart for tests of networks: it is nobody's address.
    private static string PublicAddress(Session store)
    {
        var number = store.Scalar<long>("SELECT coalesce(max(key), 0) + 1 FROM instance") % 131_072;
        return string.Create(CultureInfo.InvariantCulture, $"198.{18 + number / 65_536}.{number / 256 % 256}.{number % 256}");
    }
}
