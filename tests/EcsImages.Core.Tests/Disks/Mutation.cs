using System.Buffers.Binary;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Bytes with a few changes of the kinds that break readers: bits, bytes, extreme numbers, pieces in the wrong place.</summary>
internal static class Mutation
{
    /// <param name="whole">Left as it is.</param>
    /// <param name="place">Where to change something.</param>
    /// <param name="random">With its own seed in each case.</param>
    public static byte[] Of(byte[] whole, Func<Random, int> place, Random random)
    {
        var bytes = (byte[])whole.Clone();
        for (var i = random.Next(1, 6); i > 0; i--) Change(bytes, place(random), random);
        return bytes;
    }

    /// <summary>Changes something at a place, or near it.</summary>
    public static void Change(Span<byte> bytes, int at, Random random)
    {
        switch (random.Next(4))
        {
            case 0:
                bytes[at] ^= (byte)(1 << random.Next(8));
                break;
            case 1:
                bytes[at] = (byte)random.Next(256);
                break;
            case 2:
                var width = 2 << random.Next(3);
                at = Math.Clamp(at / width * width, 0, bytes.Length - width);
                var extreme = new byte[8];
                if (random.Next(2) == 0) BinaryPrimitives.WriteUInt64LittleEndian(extreme, Extreme(random));
                else BinaryPrimitives.WriteUInt64BigEndian(extreme, Extreme(random));
                extreme.AsSpan(random.Next(2) * (8 - width), width).CopyTo(bytes[at..]);
                break;
            default:
                var length = Math.Min(bytes.Length - at, random.Next(1, 4096));
                bytes.Slice(random.Next(bytes.Length - length + 1), length).CopyTo(bytes[at..]);
                break;
        }
    }

    private static ulong Extreme(Random random) => random.Next(6) switch
    {
        0 => 0,
        1 => ulong.MaxValue,
        2 => long.MaxValue,
        3 => 1UL << random.Next(64),
        4 => (1UL << random.Next(64)) - 1,
        _ => (ulong)random.NextInt64(),
    };
}
