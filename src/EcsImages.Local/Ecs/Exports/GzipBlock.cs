using System.Buffers.Binary;
using System.IO.Compression;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>A run of bytes, packed so that others can stand before and behind it in one member of a gzip file.</summary>
/// <param name="Packed">Blocks of deflate, none of which is the last, up to a whole byte.</param>
/// <param name="Crc">The CRC-32 of the bytes.</param>
/// <param name="Length">How many they are.</param>
internal sealed record GzipBlock(ReadOnlyMemory<byte> Packed, uint Crc, int Length)
{
    private const int HeadSize = 10, TrailSize = 8;

    /// <summary>What a gzip file begins with. Source: RFC 1952, 2.3.</summary>
    public static ReadOnlyMemory<byte> Begin { get; } = new byte[] { 0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 0xFF };

    /// <summary>What it ends with: a last block without bytes, the CRC-32 of all, and how many they were, modulo 2^32.</summary>
    public static ReadOnlyMemory<byte> End(uint crc, long length)
    {
        var end = new byte[2 + TrailSize];
        end[0] = 3;
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(2), crc);
        BinaryPrimitives.WriteUInt32LittleEndian(end.AsSpan(6), unchecked((uint)length));
        return end;
    }

    public static GzipBlock Pack(ReadOnlySpan<byte> bytes)
    {
        using var packed = new MemoryStream();
        long end;
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
            // Up to a whole byte; what the stream puts behind it makes a file of this run alone, and tells its checksum.
            gzip.Flush();
            end = packed.Length;
        }
        var all = packed.ToArray();
        return new(all.AsMemory(HeadSize..(int)end), BinaryPrimitives.ReadUInt32LittleEndian(all.AsSpan(all.Length - TrailSize)), bytes.Length);
    }
}
