using System.Buffers.Binary;

namespace EcsImages.Core.Oss;

/// <summary>The CRC-64 of x-oss-hash-crc64ecma: polynomial of ECMA-182, reflected, initial value and final XOR all ones.</summary>
/// <remarks>Source: protocol.md, CRC64. "123456789" gives 11051210869376104954.</remarks>
internal static class Crc64
{
    private const ulong Polynomial = 0xC96C5795D7870F42;

    // Eight tables of 256: eight bytes a step.
    private static readonly ulong[] Tables = MakeTables();

    /// <summary>Goes on from the value of what came before; 0 is the value of nothing.</summary>
    public static ulong Append(ulong crc, ReadOnlySpan<byte> bytes)
    {
        if (!Crc64Folding.IsSupported || bytes.Length < Crc64Folding.Least) return AppendByTable(crc, bytes);
        Span<byte> left = stackalloc byte[Crc64Folding.Left];
        var taken = Crc64Folding.Fold(~crc, bytes, left);
        return ~Run(Run(0, left), bytes[taken..]);
    }

    /// <summary>The same, on any processor.</summary>
    public static ulong AppendByTable(ulong crc, ReadOnlySpan<byte> bytes) => ~Run(~crc, bytes);

    /// <summary>The value of two runs of bytes one after the other, from the values of each.</summary>
    /// <param name="first">The value of the first run.</param>
    /// <param name="second">The value of the second run.</param>
    /// <param name="secondLength">How many bytes the second run has.</param>
    public static ulong Combine(ulong first, ulong second, long secondLength)
    {
        // Zeros after the first run multiply its value by x to the power of their number of bits.
        return Multiply(Power(One >> 8, secondLength), first) ^ second;
    }

    /// <summary>x to the power of n, modulo the polynomial.</summary>
    public static ulong PowerOfX(long n) => Power(One >> 1, n);

    // Reflected: the highest bit is the coefficient of x^0.
    private const ulong One = 1UL << 63;

    private static ulong Power(ulong power, long n)
    {
        var product = One;
        for (; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) product = Multiply(power, product);
            power = Multiply(power, power);
        }
        return product;
    }

    private static ulong Multiply(ulong a, ulong b)
    {
        ulong product = 0;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }

    // The register itself, neither inverted before nor after.
    private static ulong Run(ulong crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan();
        while (bytes.Length >= 8)
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = tables[(7 << 8) + (byte)crc]
                ^ tables[(6 << 8) + (byte)(crc >> 8)]
                ^ tables[(5 << 8) + (byte)(crc >> 16)]
                ^ tables[(4 << 8) + (byte)(crc >> 24)]
                ^ tables[(3 << 8) + (byte)(crc >> 32)]
                ^ tables[(2 << 8) + (byte)(crc >> 40)]
                ^ tables[(1 << 8) + (byte)(crc >> 48)]
                ^ tables[(byte)(crc >> 56)];
            bytes = bytes[8..];
        }
        foreach (var b in bytes) crc = (crc >> 8) ^ tables[(byte)(crc ^ b)];
        return crc;
    }

    private static ulong[] MakeTables()
    {
        var tables = new ulong[8 * 256];
        for (var i = 0; i < 256; i++)
        {
            var value = (ulong)i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
            tables[i] = value;
        }
        for (var i = 256; i < tables.Length; i++) tables[i] = (tables[i - 256] >> 8) ^ tables[(byte)tables[i - 256]];
        return tables;
    }
}
