using System.Buffers.Binary;
using System.Numerics;

namespace EcsImages.Core.Disks.Vhdx;

/// <summary>CRC-32C (Castagnoli), as the structures of a VHDX carry it in their bytes 4 to 7.</summary>
internal static class Crc32C
{
    private const int At = 4;

    public static bool IsRight(ReadOnlySpan<byte> structure) => BinaryPrimitives.ReadUInt32LittleEndian(structure[At..]) == Of(structure);

    /// <summary>Over a structure whose own checksum counts as zero.</summary>
    public static uint Of(ReadOnlySpan<byte> structure) => ~Append(Append(Append(~0u, structure[..At]), [0, 0, 0, 0]), structure[(At + 4)..]);

    private static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        for (; bytes.Length >= 8; bytes = bytes[8..]) crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var b in bytes) crc = BitOperations.Crc32C(crc, b);
        return crc;
    }
}
