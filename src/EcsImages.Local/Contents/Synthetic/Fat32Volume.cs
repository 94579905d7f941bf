using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>An empty FAT32 volume (Microsoft, "FAT32 File System Specification", 1.03).</summary>
internal static class Fat32Volume
{
    private const int Sector = 512;
    private const int ReservedSectors = 32;
    private const int Fats = 2;
    private const int BackupBoot = 6;
    private const uint EndOfChain = 0x0FFFFFF8;

    /// <param name="firstSector">Where the volume begins on its disk.</param>
    /// <param name="sectors">Its length; at least 34 MiB, below 2 TiB.</param>
    /// <param name="serial">The volume's serial number.</param>
    /// <param name="label">Made upper case and cut to 11 characters.</param>
    public static IEnumerable<DiskPiece> Write(long firstSector, uint sectors, uint serial, string label)
    {
        var perCluster = SectorsPerCluster(sectors);
        var fatSectors = FatSectors(sectors, perCluster);
        var clusters = (sectors - ReservedSectors - Fats * fatSectors) / perCluster;
        if (clusters < 65525) throw new ArgumentOutOfRangeException(nameof(sectors), sectors, "FAT32 needs at least 65,525 clusters.");

        var name = Label(label);
        var boot = BootSector((uint)firstSector, sectors, perCluster, fatSectors, serial, name);
        var info = InfoSector(clusters - 1);
        var third = new byte[Sector];
        BinaryPrimitives.WriteUInt16LittleEndian(third.AsSpan(510), 0xAA55);
        foreach (var at in (int[])[0, BackupBoot])
        {
            yield return new DiskPiece(at * Sector, boot);
            yield return new DiskPiece((at + 1) * Sector, info);
            yield return new DiskPiece((at + 2) * Sector, third);
        }

        // The first two entries are the media byte and the clean flags; cluster 2 is the root directory.
        var fat = new byte[Sector];
        BinaryPrimitives.WriteUInt32LittleEndian(fat, 0x0FFFFFF8);
        BinaryPrimitives.WriteUInt32LittleEndian(fat.AsSpan(4), 0x0FFFFFFF);
        BinaryPrimitives.WriteUInt32LittleEndian(fat.AsSpan(8), EndOfChain);
        for (var copy = 0L; copy < Fats; copy++) yield return new DiskPiece((ReservedSectors + copy * fatSectors) * Sector, fat);

        // The only entry of the root directory: the label, last changed on 2020-01-01.
        var root = new byte[32];
        Encoding.ASCII.GetBytes(name, root);
        root[11] = 0x08;
        BinaryPrimitives.WriteUInt16LittleEndian(root.AsSpan(24), (2020 - 1980) << 9 | 1 << 5 | 1);
        yield return new DiskPiece((ReservedSectors + (long)Fats * fatSectors) * Sector, root);
    }

    // Microsoft's table of cluster sizes for FAT32.
    private static uint SectorsPerCluster(uint sectors) => sectors switch
    {
        <= 532_480 => 1,
        <= 16_777_216 => 8,
        <= 33_554_432 => 16,
        <= 67_108_864 => 32,
        _ => 64,
    };

    private static uint FatSectors(uint sectors, uint perCluster)
    {
        var divisor = (256L * perCluster + Fats) / 2;
        return (uint)((sectors - ReservedSectors + divisor - 1) / divisor);
    }

    private static byte[] BootSector(uint firstSector, uint sectors, uint perCluster, uint fatSectors, uint serial, string name)
    {
        var boot = new byte[Sector];
        var span = boot.AsSpan();
        ReadOnlySpan<byte> jump = [0xEB, 0x58, 0x90];
        jump.CopyTo(span);
        "ECSIMAGE"u8.CopyTo(span[3..]);
        BinaryPrimitives.WriteUInt16LittleEndian(span[11..], Sector);
        span[13] = (byte)perCluster;
        BinaryPrimitives.WriteUInt16LittleEndian(span[14..], ReservedSectors);
        span[16] = Fats;
        span[21] = 0xF8;                                                    // a fixed disk
        BinaryPrimitives.WriteUInt16LittleEndian(span[24..], 63);           // sectors a track
        BinaryPrimitives.WriteUInt16LittleEndian(span[26..], 255);          // heads
        BinaryPrimitives.WriteUInt32LittleEndian(span[28..], firstSector);
        BinaryPrimitives.WriteUInt32LittleEndian(span[32..], sectors);
        BinaryPrimitives.WriteUInt32LittleEndian(span[36..], fatSectors);
        BinaryPrimitives.WriteUInt32LittleEndian(span[44..], 2);            // the root's cluster
        BinaryPrimitives.WriteUInt16LittleEndian(span[48..], 1);            // the info sector
        BinaryPrimitives.WriteUInt16LittleEndian(span[50..], BackupBoot);
        span[64] = 0x80;                                                    // a hard disk
        span[66] = 0x29;                                                    // the next three fields are there
        BinaryPrimitives.WriteUInt32LittleEndian(span[67..], serial);
        Encoding.ASCII.GetBytes(name, span[71..]);
        "FAT32   "u8.CopyTo(span[82..]);
        BinaryPrimitives.WriteUInt16LittleEndian(span[510..], 0xAA55);
        return boot;
    }

    private static byte[] InfoSector(uint freeClusters)
    {
        var info = new byte[Sector];
        var span = info.AsSpan();
        BinaryPrimitives.WriteUInt32LittleEndian(span, 0x41615252);
        BinaryPrimitives.WriteUInt32LittleEndian(span[484..], 0x61417272);
        BinaryPrimitives.WriteUInt32LittleEndian(span[488..], freeClusters);
        BinaryPrimitives.WriteUInt32LittleEndian(span[492..], 3);
        BinaryPrimitives.WriteUInt32LittleEndian(span[508..], 0xAA550000);
        return info;
    }

    private static string Label(string label)
    {
        var name = new string([.. label.ToUpperInvariant().Where(static c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-').Take(11)]);
        return (name.Length == 0 ? "DISK" : name).PadRight(11);
    }
}
