using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Puts a free disk on an instance of its zone; a system disk on one that has none.</summary>
internal sealed class AttachDisk : IOperation
{
    private const string SystemDevice = "/dev/xvda";

    public string Name => "AttachDisk";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["Password"];

    public Reply Run(Call call, Session store)
    {
        var disk = Disks.NeedOwn(call, store);
        var instance = Instances.NeedOwn(call, store);
        if (disk.Status == DiskRow.InUse) throw Error.Of("InvalidDisk.InUse", disk.Id, disk.InstanceId);
        if (disk.Status != DiskRow.Available) throw Error.Of("IncorrectDiskStatus", disk.Id, disk.Status);
        Disks.NeedStill(instance);
        if (disk.RegionId != instance.RegionId || disk.ZoneId != instance.ZoneId) throw Error.Of("InvalidInstance.ZoneConflict", disk.ZoneId, instance.ZoneId);
        if (InstanceTypes.Find(instance.InstanceType)?.Nvme == "required" && !SystemDiskSizes.SuitsNvme(disk.Category))
            throw Error.Of("InvalidInstanceType.NotSupportDiskCategory", instance.InstanceType, disk.Category);
        var isBootable = call.Bool("Bootable") is true;
        if (isBootable != (disk.Type == "system")) throw Error.Of("InvalidDisk.DiskNotBootable", disk.Id, disk.Type);
        if (isBootable) CheckBoot(call, store, instance);
        var others = DiskRow.Of(store, instance.Id);
        if (others.Count(static d => d.Type == "data") >= Disks.MostDataDisks && !isBootable) throw Error.Of("InstanceDiskLimitExceeded", instance.Id, Disks.MostDataDisks);
        var device = isBootable ? SystemDevice : Device(call, others);
        if (others.Any(d => d.Device == device)) throw Error.Of("InvalidDevice.InUse", device);
        disk.Attach(store, instance.Id, device, call.Bool("DeleteWithInstance") ?? false, Disks.SecondsPassing);
        if (call.Text("KeyPairName") is { } pair) store.Execute("UPDATE instance SET key_pair = $pair WHERE id = $id", ("id", instance.Id), ("pair", pair));
        return Reply.Empty;
    }

    private static void CheckBoot(Call call, Session store, InstanceRow instance)
    {
        if (instance.Status != InstanceRow.Stopped) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        var (password, pair) = (call.Text("Password"), call.Text("KeyPairName"));
        if (password is null && pair is null) throw Error.Of("InvalidParameter.AllEmpty", "Password", "KeyPairName", "a login of another kind");
        LaunchLogin.CheckPassword(password);
        if (pair is not null && instance.OsType == "windows") throw Error.Of("DependencyViolation.WindowsInstance", instance.Id);
        if (pair is not null) NamedKeyPair.Need(call.In(instance.RegionId), store, pair);
    }

    private static string Device(Call call, List<DiskRow> others)
    {
        if (call.Text("Device") is not { } device) return Enumerable.Range('b', 25).Select(static c => "/dev/xvd" + (char)c).First(d => others.All(o => o.Device != d));
        return LaunchDisks.IsDataDevice(device) ? device : throw Error.Of("InvalidDevice.Malformed", device, "it is not one of /dev/xvdb to /dev/xvdz.");
    }
}
