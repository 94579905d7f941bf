using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>A disk mapping as the source of an image: one snapshot for the system disk, and data disks with or without one.</summary>
internal static class MappingSource
{
    private const int MostSystemGiB = 2048, LeastDataGiB = 5, MostDataGiB = 32768, EmptyDataGiB = 20;

    public static ImageSource Find(Call call, Session store, IReadOnlyList<Parameters> mapping)
    {
        var entries = mapping.Select(m => (Asked: m, Snapshot: m.Text("SnapshotId") is { } id ? SourceSnapshot.Need(call, store, id) : null)).ToArray();
        var system = entries.Where(static e => TypeOf(e.Asked, e.Snapshot) == "system").ToArray();
        if (system is not [{ Snapshot: { } root }])
            throw Error.Of("OperationDenied", $"the mapping needs exactly one snapshot of a system disk; it has {system.Count(static s => s.Snapshot is not null)}");
        var used = new HashSet<string>(StringComparer.Ordinal) { "/dev/xvda" };
        if (system[0].Asked.Text("Device") is { } device && device != "/dev/xvda") throw Error.Of("InvalidDevice.Malformed", device, "the system disk is /dev/xvda");
        var data = entries.Where(static e => TypeOf(e.Asked, e.Snapshot) == "data").ToArray();
        foreach (var given in data.Select(static e => e.Asked.Text("Device")).OfType<string>())
        {
            if (!IsDataDevice(given)) throw Error.Of("InvalidDevice.Malformed", given, "data disks are /dev/xvdb to /dev/xvdz");
            if (!used.Add(given)) throw Error.Of("InvalidDevice.InUse", given);
        }
        return new(ImageSource.InheritedBy(call, store, root.SourceImage),
        [
            root.As("/dev/xvda", "system", Size(system[0].Asked, root, MostSystemGiB)),
            .. data.Select(e => Data(e.Asked, e.Snapshot, used)).OrderBy(static d => d.Device, StringComparer.Ordinal),
        ]);
    }

    // Without a word, a snapshot is for the kind of disk that it came from; DiskType may say otherwise.
    private static string TypeOf(Parameters asked, SourceSnapshot? snapshot) => asked.Text("DiskType") switch
    {
        null => snapshot?.DiskType ?? "data",
        "system" => "system",
        "data" => "data",
        var other => throw Error.Of("InvalidDiskType.ValueNotSupported", other),
    };

    private static SourceDisk Data(Parameters asked, SourceSnapshot? snapshot, HashSet<string> used)
    {
        var device = asked.Text("Device");
        if (device is null)
        {
            device = Enumerable.Range('b', 25).Select(static c => $"/dev/xvd{(char)c}").First(d => !used.Contains(d));
            used.Add(device);
        }
        var size = Size(asked, snapshot, MostDataGiB);
        return snapshot?.As(device, "data", size) ?? new SourceDisk(device, "data", size, "", "", false, "", null);
    }

    private static int Size(Parameters asked, SourceSnapshot? snapshot, int most)
    {
        var least = snapshot?.SizeGiB ?? LeastDataGiB;
        var size = asked.Int("Size") ?? snapshot?.SizeGiB ?? EmptyDataGiB;
        return size >= least && size <= most ? size : throw Error.Of("InvalidSize.ValueNotSupported", asked.NameOf("Size"), size, least, most);
    }

    private static bool IsDataDevice(string device) =>
        device.Length == 9 && device.StartsWith("/dev/xvd", StringComparison.Ordinal) && device[8] is >= 'b' and <= 'z';
}
