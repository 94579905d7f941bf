using System.Buffers.Binary;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>A raw disk of the workshop, looked at.</summary>
internal static class InspectedDisk
{
    public static async Task<DiskInspection> InspectAsync(string disk)
    {
        await using var opened = await new DiskOpening { Format = DiskFormat.Raw }.OpenAsync(FileSource.Open(disk), CancellationToken.None);
        return await DiskInspector.RunAsync(opened, CancellationToken.None);
    }

    /// <summary>Writes the GUID partition table of a disk anew, in sectors of 4096 bytes: fdisk makes those on such devices only.</summary>
    public static void UseLargeSectors(string disk)
    {
        var head = File.ReadAllBytes(disk).AsSpan(0, 34 * 512).ToArray();
        var (entries, last) = (head[1024..], new FileInfo(disk).Length / 4096 - 1);
        for (var at = 0; at < entries.Length; at += 128)
        {
            if (!entries.AsSpan(at, 16).ContainsAnyExcept((byte)0)) continue;
            var (first, end) = (BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 32)), BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 40)));
            BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(at + 32), first / 8);
            BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(at + 40), (end + 1) / 8 - 1);
        }
        DiskWorkshop.Put(disk, 512, new byte[34 * 512]);
        DiskWorkshop.Put(disk, (last + 1) * 4096 - 34 * 512, new byte[34 * 512]);
        DiskWorkshop.Put(disk, 2 * 4096, entries);
        DiskWorkshop.Put(disk, (last - 4) * 4096, entries);
        DiskWorkshop.Put(disk, 4096, Header(1, last, 2));
        DiskWorkshop.Put(disk, last * 4096, Header(last, 1, last - 4));

        byte[] Header(long own, long other, long entriesAt)
        {
            var header = head.AsSpan(512, 92).ToArray();
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), own);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), other);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), 6);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(48), last - 5);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(72), entriesAt);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(88), Crc32.Of(entries));
            header.AsSpan(16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), Crc32.Of(header));
            return header;
        }
    }
}
