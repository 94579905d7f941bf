using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Contents.Synthetic;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Puts another image on a stopped instance: a new system disk, of the category of the old one, which goes.</summary>
internal sealed class ReplaceSystemDisk : IPreparedOperation
{
    public string Name => "ReplaceSystemDisk";

    public bool Writes => true;

    public bool FreesContents => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["ImageId", "Password", "SystemDisk.Size"];

    public IReadOnlyList<string> RefusedHere { get; } = ["DiskId"];

    public IReadOnlyList<SyntheticDisk> Needs(Call call, Session store) =>
        InstanceRow.Find(store, call.Account, call.NamedRegion, call.Needed("InstanceId")) is { } instance ? Launch.Needs(call.In(instance.RegionId), store) : [];

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        // What else the call names is where the instance is.
        call = call.In(instance.RegionId);
        // The older way names a disk instead of an image.
        if (call.Text("DiskId") is { } other) throw call.Text("ImageId") is null ? Error.Of("InvalidDiskId.NotFound", other) : Error.Of("InvalidParameter.Conflict", "ImageId", "DiskId");
        var image = LaunchImage.Need(call, store);
        if (instance.Status != InstanceRow.Stopped) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        var old = DiskRow.Of(store, instance.Id).Find(static d => d.Type == "system") ?? throw Error.Of("InvalidInstance.NotFoundSystemDisk", instance.Id);
        if (old.Status != DiskRow.InUse) throw Error.Of("IncorrectDiskStatus", old.Id, old.Status);
        if (Disks.IsBeingSnapshot(store, old)) throw Error.Of("DiskCreatingSnapshot", old.Id);
        if (InstanceTypes.Find(instance.InstanceType) is { } type) LaunchImage.CheckFits(image, type);
        LaunchLogin.Check(call, store, image);
        var disk = LaunchDisks.Replacement(call, store, image, old) with { Id = Ids.Disk(instance.RegionId), InstanceId = instance.Id };
        old.Delete(store);
        disk.Insert(store, Disks.SecondsPassing);
        store.Execute(
            """
            UPDATE instance SET image = $image, os_type = $os_type, os_name = $os_name, os_name_en = $os_name_en, key_pair = coalesce($pair, '') WHERE id = $id
            """,
            ("id", instance.Id), ("image", image.Id), ("os_type", image.OsType), ("os_name", image.OsName), ("os_name_en", image.OsNameEn),
            ("pair", call.Text("KeyPairName")));
        return new(new JsonObject { ["DiskId"] = disk.Id });
    }
}
