namespace EcsImages.Core.Disks;

/// <summary>The CRC-32 of the UEFI specification (polynomial 04C11DB7, reflected), as GPT headers and gzip carry it.</summary>
internal static class Crc32
{
    private const uint Polynomial = 0xEDB88320, One = 1u << 31;

    private static readonly uint[] Table = MakeTable();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var b in bytes) crc = Table[(byte)crc ^ b] ^ (crc >> 8);
        return ~crc;
    }

    /// <summary>The value of two runs of bytes one after the other, from the values of each.</summary>
    public static uint Combine(uint first, uint second, long secondLength)
    {
        // Zeros behind the first run multiply its value by x to the power of their number of bits, modulo the polynomial.
        var (power, product) = (One >> 8, One);
        for (var n = secondLength; n > 0; n >>= 1)
        {
            if ((n & 1) != 0) product = Multiply(power, product);
            power = Multiply(power, power);
        }
        return Multiply(product, first) ^ second;
    }

    // Reflected: the highest bit is the coefficient of x^0.
    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (var bit = One; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0) product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++) value = (value & 1) != 0 ? Polynomial ^ (value >> 1) : value >> 1;
            table[i] = value;
        }
        return table;
    }
}
