using System.Buffers.Binary;
using EcsImages.Core.Disks;
using EcsImages.Local.Zstd;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>Tells what a file is by the bytes that its format begins or ends with; what has none of them is a raw disk.</summary>
/// <remarks>Sources: the QCOW2, VHD, VHDX, VMDK and VDI specifications; ECMA-119, 8.1; RFC 1952, 2.3.1.</remarks>
internal static class DiskMagic
{
    public const string Raw = "RAW", Vhd = "VHD", Qcow2 = "QCOW2", Vmdk = "VMDK", Vhdx = "VHDX", Vdi = "VDI", Iso = "ISO", Gzip = "GZIP";

    /// <summary>How many bytes of the beginning are looked at: an ISO says what it is behind its first 32 KiB.</summary>
    public const int HeadLength = IsoAt + 5;

    /// <summary>How many of the end: a fixed VHD is a raw disk with a footer.</summary>
    public const int TailLength = 512;

    private const int VdiAt = 64, IsoAt = 32769;
    private const uint VdiMagic = 0xBEDA107F;

    public static string Of(ReadOnlySpan<byte> head, ReadOnlySpan<byte> tail)
    {
        if (head is [(byte)'Q', (byte)'F', (byte)'I', 0xFB, ..]) return Qcow2;
        if (head.StartsWith("conectix"u8) || (tail.Length == TailLength && tail.StartsWith("conectix"u8))) return Vhd;
        if (head.StartsWith("vhdxfile"u8)) return Vhdx;
        if (head.StartsWith("KDMV"u8) || head.StartsWith("COWD"u8) || head.StartsWith("# Disk DescriptorFile"u8)) return Vmdk;
        if (head.Length >= VdiAt + 4 && BinaryPrimitives.ReadUInt32LittleEndian(head[VdiAt..]) == VdiMagic) return Vdi;
        if (head is [0x1F, 0x8B, 0x08, ..]) return Gzip;
        return head.Length >= HeadLength && head[IsoAt..].StartsWith("CD001"u8) && IsNoDisk(head) ? Iso : Raw;
    }

    /// <summary>What reads it; null for what is not imported.</summary>
    public static DiskFormat? FormatOf(string format) => format switch
    {
        Raw => DiskFormat.Raw,
        Vhd => DiskFormat.Vhd,
        Qcow2 => DiskFormat.Qcow2,
        Vmdk => DiskFormat.Vmdk,
        _ => null,
    };

    /// <summary>Opens a disk of that format in one file; one that is based on another is refused.</summary>
    public static DiskOpening Opening(DiskFormat format) => new() { Format = format, Zstd = new ZstdUnpacker() };

    // A hybrid ISO is a disk too: it has a boot sector.
    private static bool IsNoDisk(ReadOnlySpan<byte> head) => head[510] != 0x55 || head[511] != 0xAA;
}
