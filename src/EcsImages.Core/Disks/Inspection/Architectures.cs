using System.Buffers.Binary;
using System.IO.Compression;

namespace EcsImages.Core.Disks.Inspection;

/// <summary>Tells for which processor a program was made, by its first bytes.</summary>
internal static class Architectures
{
    public const string X64 = "x86_64", Arm64 = "arm64", X86 = "i386";

    /// <summary>How many bytes tell.</summary>
    public const int HeadSize = 4096;

    /// <summary>Of a program of Linux (ELF), by e_machine.</summary>
    public static string? OfElf(ReadOnlySpan<byte> head) => head.Length < 20 || !head.StartsWith("\u007fELF"u8) || head[5] != 1 ? null
        : BinaryPrimitives.ReadUInt16LittleEndian(head[18..]) switch { 62 => X64, 183 => Arm64, 3 => X86, _ => null };

    /// <summary>Of a program of UEFI (PE), by its machine field.</summary>
    public static string? OfPe(ReadOnlySpan<byte> head)
    {
        if (head.Length < 64 || !head.StartsWith("MZ"u8)) return null;
        var at = BinaryPrimitives.ReadUInt32LittleEndian(head[60..]);
        if (at > head.Length - 6 || !head[(int)at..].StartsWith("PE\0\0"u8)) return null;
        return BinaryPrimitives.ReadUInt16LittleEndian(head[((int)at + 4)..]) switch { 0x8664 => X64, 0xAA64 => Arm64, 0x014C => X86, _ => null };
    }

    /// <summary>Of a Linux kernel: by the boot protocol of x86, the header of ARM64's Image, as a program of UEFI, or one of these in gzip.</summary>
    public static string? OfKernel(ReadOnlySpan<byte> head)
    {
        // XLF_KERNEL_64 came with version 2.12; before it, the size of the setup code does not tell 32 from 64 bits.
        if (head.Length >= 0x238 && head[0x202..].StartsWith("HdrS"u8))
            return BinaryPrimitives.ReadUInt16LittleEndian(head[0x206..]) >= 0x20C ? (head[0x236] & 1) != 0 ? X64 : X86 : null;
        if (head.Length >= 0x3C && head[0x38..].StartsWith("ARMd"u8)) return Arm64;
        return OfPe(head) ?? (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? OfKernel(Unpacked(head)) : null);
    }

    // As far as the first bytes go; what is damaged gives fewer. Only once: a gzip in a gzip is no kernel.
    private static ReadOnlySpan<byte> Unpacked(ReadOnlySpan<byte> head)
    {
        var unpacked = new byte[HeadSize];
        var count = 0;
        try
        {
            using var gzip = new GZipStream(new MemoryStream(head.ToArray()), CompressionMode.Decompress);
            for (int read; count < unpacked.Length && (read = gzip.Read(unpacked, count, unpacked.Length - count)) > 0;) count += read;
        }
        catch (InvalidDataException)
        {
            return unpacked.AsSpan(0, count);
        }
        return count >= 2 && unpacked[0] == 0x1F && unpacked[1] == 0x8B ? default : unpacked.AsSpan(0, count);
    }
}
