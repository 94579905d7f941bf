using System.Buffers.Binary;

namespace EcsImages.Core.Disks;

/// <summary>Tells files that are surely no disk as it is: packed ones, and disk images of formats that cannot be read here. Without a look they would be taken for raw disks.</summary>
/// <remarks>
/// Sources: the formats' specifications; block/qed.h, parallels.c, bochs.c, cloop.c and dmg.c of QEMU; VMware Virtual Disk Format 5.0. Beginnings
/// of less than 6 bytes count only where nothing says that the first sector divides a disk: that one begins with code, which may be anything.
/// </remarks>
/// <param name="Begins">How the file begins.</param>
/// <param name="Words">What is wrong with it, as a clause that follows the name of the file.</param>
internal sealed record ForeignFormat(byte[] Begins, string Words)
{
    private const int LeastOfDivided = 6, SignatureAt = 510, TableAt = 512, TarMagicAt = 257;

    private static readonly ForeignFormat[] All =
    [
        new([0xFD, .. "7zXZ"u8, 0], Packed("xz", "xz -dk")),
        new([0x28, 0xB5, 0x2F, 0xFD], Packed("Zstandard", "zstd -d")),
        new([.. "BZh"u8], Packed("bzip2", "bzip2 -dk")),
        new([0x1F, 0x8B, 0x08], Packed("gzip once more", "gzip -dk")),
        new([.. "PK"u8, 3, 4], Archive("zip", "unzip")),
        new([.. "PK"u8, 5, 6], Archive("zip", "unzip")),
        new([.. "PK"u8, 7, 8], Archive("zip", "unzip")),
        new([.. "7z"u8, 0xBC, 0xAF, 0x27, 0x1C], Archive("7z", "7z x")),
        new([.. "Rar!"u8, 0x1A, 0x07], Archive("rar", "unrar x")),
        new([0x04, 0x22, 0x4D, 0x18], Packed("LZ4", "lz4 -d")),
        new([0x02, 0x21, 0x4C, 0x18], Packed("LZ4", "lz4 -d")),
        new([0x89, .. "LZO"u8, 0, 0x0D, 0x0A, 0x1A, 0x0A], Packed("lzop", "lzop -d")),
        new([.. "COWD"u8, 1, 0, 0, 0], "it is a VMDK of the kind that ESX uses for snapshots and thin disks (COWD). Make one file of it first, with vmkfstools -i or qemu-img convert"),
        new([0xBE, 0xBA, 0xFE, 0xCA, 0, 0, 0, 0], "it is a VMDK of the kind that ESX uses for snapshots (seSparse). Make one file of it and its descriptor first, with vmkfstools -i or qemu-img convert"),
        new([.. "QED\0"u8], Convertible("QED")),
        new([.. "WithoutFreeSpace"u8], Convertible("a disk of Parallels")),
        new([.. "WithouFreSpacExt"u8], Convertible("a disk of Parallels")),
        new([.. "Bochs Virtual HD Image"u8], Convertible("a disk of Bochs")),
        new([.. "#!/bin/sh\n#V2.0 Format\n"u8], Convertible("a compressed loop disk (cloop)")),
        new([.. "MSWIM\0\0\0"u8], "it is a Windows image (WIM): files, and no disk. Apply it to the disk of a virtual machine, and use that one"),
        new([.. "encrcdsa"u8], "it is an encrypted disk image of macOS. Convert it first, with hdiutil convert -format UDTO"),
        new([.. "<?xml "u8], "it is text (XML), such as the description beside a disk in an OVF. Name the disk"),
        new([.. "<!DOCTYPE html"u8], "it is a page of the web, and no disk: what should have been downloaded was not"),
        new([.. "<!doctype html"u8], "it is a page of the web, and no disk: what should have been downloaded was not"),
    ];

    /// <summary>What is wrong with a file; null where nothing speaks against a raw disk.</summary>
    /// <param name="head">Its first bytes: two sectors, or all that there is.</param>
    /// <param name="tail">Its last 512 bytes, or fewer.</param>
    public static string? Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        var isDivided = IsDivided(head);
        foreach (var format in All)
            if (head.StartsWith(format.Begins) && (!isDivided || format.Begins.Length >= LeastOfDivided)) return format.Words;
        if (!isDivided && head.Length > TarMagicAt && head[TarMagicAt..].StartsWith("ustar"u8)) return Archive("tar", "tar -xf");
        return IsDmg(tail) ? "it is a disk image of macOS (DMG). Convert it first, with hdiutil convert -format UDTO or qemu-img convert" : null;
    }

    private static bool IsDivided(ReadOnlySpan<byte> head) =>
        (head.Length > SignatureAt + 1 && head[SignatureAt] == 0x55 && head[SignatureAt + 1] == 0xAA) || (head.Length > TableAt && head[TableAt..].StartsWith("EFI PART"u8));

    // The last 512 bytes are a block of their own: a mark, its version, and its length.
    private static bool IsDmg(ReadOnlySpan<byte> tail) => tail.Length == 512 && tail.StartsWith("koly"u8)
        && BinaryPrimitives.ReadUInt32BigEndian(tail[4..]) == 4 && BinaryPrimitives.ReadUInt32BigEndian(tail[8..]) == 512;

    private static string Packed(string by, string command) => $"it is compressed with {by}. Unpack it first, with {command}";

    private static string Archive(string kind, string command) => $"it is an archive ({kind}). Take the disk out of it first, with {command}";

    private static string Convertible(string what) => $"it is {what}, which cannot be read here. Convert it first, with qemu-img convert -O qcow2";
}
