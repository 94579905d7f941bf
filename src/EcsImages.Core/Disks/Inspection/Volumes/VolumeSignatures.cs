using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using EcsImages.Core.Disks.Inspection.Volumes.Ext;
using EcsImages.Core.Disks.Inspection.Volumes.Fat;

namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>Tells file systems, and what else fills a partition, by their signatures. Sources: rules.md 117; libblkid's probes.</summary>
internal static class VolumeSignatures
{
    private const int HeadSize = 68 * 1024, RaidMagic = unchecked((int)0xA92B4EFC), ZfsLabelsAt = 128 * 1024;
    private static readonly int[] PageSizes = [4096, 8192, 16384, 32768, 65536];
    private static readonly Guid BitLockerToGo = new("4967D63B-2E29-4AD8-8399-F6A339E3D001");

    public static async ValueTask<VolumeSignature> DetectAsync(DiskView volume, CancellationToken stop)
    {
        var head = new byte[HeadSize];
        await volume.ReadAsync(0, head.AsMemory(0, (int)Math.Min(HeadSize, volume.Length)), stop).ConfigureAwait(false);
        if (AtStart(head) is { } found) return found;
        if (await HasRaidAtEndAsync(volume, stop).ConfigureAwait(false)) return new VolumeSignature(FileSystemKind.MdRaid);
        return await HasZfsAsync(volume, stop).ConfigureAwait(false) ? new VolumeSignature(FileSystemKind.Zfs) : VolumeSignature.None;
    }

    /// <summary>Whether a sector is the first one of FAT, NTFS, exFAT or one of their kin, and not an MBR.</summary>
    public static bool IsBootSector(ReadOnlySpan<byte> sector) => OfBootSector(sector) is not null;

    // What encloses others comes first: a LUKS or RAID member may still show the file system that was there before.
    private static VolumeSignature? AtStart(byte[] head) =>
        OfContainer(head) ?? Xfs(head) ?? OfBootSector(head) ?? Ext(head) ?? Swap(head) ?? Late(head);

    private static VolumeSignature? OfContainer(byte[] head)
    {
        if (Is(head, 0, "LUKS") && head[4] == 0xBA && head[5] == 0xBE)
            return new(FileSystemKind.Luks, head[7] == 2 ? Text(head, 24, 48) : "", Text(head, 168, 40));
        for (var sector = 0; sector < 4; sector++)
            if (Is(head, sector * 512, "LABELONE") && Is(head, sector * 512 + 24, "LVM2 001")) return new(FileSystemKind.Lvm2, "", LvmId(head, sector * 512));
        if (Number32(head, 4096) == RaidMagic || Number32(head, 0) == RaidMagic) return new(FileSystemKind.MdRaid);
        return null;
    }

    private static VolumeSignature? Xfs(byte[] head) => !Is(head, 0, "XFSB") ? null : new(FileSystemKind.Xfs, Text(head, 108, 12), Uuid(head, 32));

    private static VolumeSignature? OfBootSector(ReadOnlySpan<byte> sector)
    {
        if (sector[3..].StartsWith("-FVE-FS-"u8) || (sector[3..].StartsWith("MSWIN4.1"u8) && new Guid(sector.Slice(424, 16)) == BitLockerToGo)) return new(FileSystemKind.BitLocker);
        if (sector[3..].StartsWith("NTFS    "u8)) return new(FileSystemKind.Ntfs, "", BinaryPrimitives.ReadUInt64LittleEndian(sector[72..]).ToString("X16", CultureInfo.InvariantCulture));
        if (sector[3..].StartsWith("EXFAT   "u8)) return new(FileSystemKind.ExFat, "", Serial(sector[100..]));
        if (sector[3..].StartsWith("ReFS\0"u8)) return new(FileSystemKind.Refs);
        return FatLayout.TryRead(sector) is { } layout ? new(layout.Kind, layout.Label, Serial(sector[(layout.Kind is FileSystemKind.Fat32 ? 67 : 39)..])) : null;
    }

    private static VolumeSignature? Ext(byte[] head) => ExtSuperblock.TryRead(head.AsSpan(1024, 1024)) is not { } super ? null
        : new(super.Kind, super.Label, super.Uuid) { Features = super.Features };

    private static VolumeSignature? Swap(byte[] head)
    {
        foreach (var page in PageSizes)
            if (Is(head, page - 10, "SWAPSPACE2")) return new(FileSystemKind.Swap, Text(head, 1052, 16), Uuid(head, 1036));
        return null;
    }

    private static VolumeSignature? Late(byte[] head)
    {
        if (Is(head, 65600, "_BHRfS_M")) return new(FileSystemKind.Btrfs, Text(head, 65536 + 299, 256), Uuid(head, 65536 + 32));
        if (Is(head, 0, "hsqs")) return new(FileSystemKind.SquashFs);
        if (Is(head, 32769, "CD001")) return new(FileSystemKind.Iso9660, Text(head, 32768 + 40, 32));
        return Number32(head, 65536 + 1372) == 0x19540119 ? new(FileSystemKind.Ufs) : null;
    }

    // Versions 1.0 and 0.90 keep their mark at the end.
    private static async ValueTask<bool> HasRaidAtEndAsync(DiskView volume, CancellationToken stop)
    {
        var sectors = volume.Length / 512;
        foreach (var at in (long[])[(sectors - 16) / 8 * 8 * 512, volume.Length / 65536 * 65536 - 65536])
            if (at > 0 && Number32(await volume.ReadAsync(at, 4, stop).ConfigureAwait(false), 0) == RaidMagic) return true;
        return false;
    }

    private static async ValueTask<bool> HasZfsAsync(DiskView volume, CancellationToken stop)
    {
        if (volume.Length < 2 * ZfsLabelsAt) return false;
        var blocks = await volume.ReadAsync(ZfsLabelsAt, ZfsLabelsAt, stop).ConfigureAwait(false);
        for (var at = 0; at < blocks.Length; at += 1024)
            if (BinaryPrimitives.ReadUInt64LittleEndian(blocks.AsSpan(at)) == 0x00BAB10C) return true;
        return false;
    }

    private static bool Is(byte[] head, int at, string text) => head.AsSpan(at, text.Length).SequenceEqual(Encoding.ASCII.GetBytes(text));

    private static int Number32(byte[] head, int at) => BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(at));

    private static string Serial(ReadOnlySpan<byte> bytes) =>
        string.Create(CultureInfo.InvariantCulture, $"{BinaryPrimitives.ReadUInt16LittleEndian(bytes[2..]):X4}-{BinaryPrimitives.ReadUInt16LittleEndian(bytes):X4}");

    private static string LvmId(byte[] head, int at)
    {
        var id = Text(head, at + 32, 32);
        return id.Length == 32 ? string.Join('-', id[..6], id[6..10], id[10..14], id[14..18], id[18..22], id[22..26], id[26..]) : "";
    }

    private static string Uuid(byte[] head, int at) => VolumeText.Uuid(head.AsSpan(at, 16));

    private static string Text(byte[] head, int at, int length) => VolumeText.Of(head.AsSpan(at, length));
}
