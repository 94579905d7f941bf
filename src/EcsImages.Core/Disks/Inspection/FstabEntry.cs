using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection;

/// <summary>A line of /etc/fstab.</summary>
/// <param name="Device">What is mounted, as it stands there: UUID=…, LABEL=…, or a device.</param>
/// <param name="MountPoint">Where; none or swap for swap.</param>
/// <param name="FileSystem">Such as ext4.</param>
/// <param name="Options">Such as defaults,nofail.</param>
internal sealed record FstabEntry(string Device, string MountPoint, string FileSystem, string Options)
{
    private const int MostEntries = 500;
    private const string ById = "/dev/disk/by-id/", ByPath = "/dev/disk/by-path/";
    private static readonly string[] KernelNames = ["/dev/sd", "/dev/hd", "/dev/vd", "/dev/xvd", "/dev/nvme"];

    // What is made of disks keeps its name; udev puts it among the disks' own.
    private static readonly string[] Assembled = ["dm-", "md-", "lvm-"];

    /// <summary>Whether it names a disk as the kernel counts them, or by what it is or where it is attached: another machine has other names for it.</summary>
    public bool NamesDevice => IsCounted || Device.StartsWith(ByPath, StringComparison.Ordinal)
        || (Device.StartsWith(ById, StringComparison.Ordinal) && !Assembled.Any(a => Device.AsSpan(ById.Length).StartsWith(a, StringComparison.Ordinal)));

    /// <summary>Whether it is swap, without which a system comes up, if later.</summary>
    public bool IsSwap => FileSystem == "swap";

    /// <summary>Whether a system comes up without it.</summary>
    public bool IsOptional => Options.Split(',').Any(static o => o is "nofail" or "noauto");

    public static List<FstabEntry> Parse(string text)
    {
        var entries = new List<FstabEntry>();
        foreach (var line in text.Split('\n'))
        {
            var fields = line.Split((char[])[' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries).Select(VolumeText.Clean).Where(static f => f.Length > 0).ToArray();
            if (fields.Length < 2 || fields[0][0] == '#' || entries.Count == MostEntries) continue;
            entries.Add(new FstabEntry(fields[0].Replace("\"", "", StringComparison.Ordinal), Unescaped(fields[1]), fields.ElementAtOrDefault(2) ?? "", fields.ElementAtOrDefault(3) ?? "defaults"));
        }
        return entries;
    }

    /// <summary>Whether a partition is the one that it means, so far as that can be told without the machine.</summary>
    public bool Means(InspectedPartition partition)
    {
        var (key, value) = Device.IndexOf('=', StringComparison.Ordinal) is > 0 and var at ? (Device[..at], Device[(at + 1)..]) : ("", "");
        return key switch
        {
            "UUID" => IsSame(value, partition.Uuid),
            "LABEL" => value.Length > 0 && value == partition.Label,
            "PARTUUID" => IsSame(value, partition.PartUuid),
            "PARTLABEL" => value.Length > 0 && value == partition.Name,
            _ => Device.StartsWith("/dev/disk/by-uuid/", StringComparison.Ordinal) ? IsSame(Device["/dev/disk/by-uuid/".Length..], partition.Uuid)
                : IsCounted && IsFirstDisk && partition.Number > 0 && Device.EndsWith($"{partition.Number}", StringComparison.Ordinal)
                    && !char.IsAsciiDigit(Device[^($"{partition.Number}".Length + 1)]),
        };
    }

    private bool IsCounted => KernelNames.Any(n => Device.StartsWith(n, StringComparison.Ordinal));

    // sda1, vda1, nvme0n1p1: other disks are not in this file.
    private bool IsFirstDisk => Device.StartsWith("/dev/nvme", StringComparison.Ordinal) ? Device.StartsWith("/dev/nvme0n1", StringComparison.Ordinal)
        : Device.TrimEnd([.. "0123456789"]).EndsWith("da", StringComparison.Ordinal);

    private static bool IsSame(string said, string held) => held.Length > 0 && said.Equals(held, StringComparison.OrdinalIgnoreCase);

    private static string Unescaped(string field) => field.Replace("\\040", " ", StringComparison.Ordinal).Replace("\\011", "\t", StringComparison.Ordinal);
}
