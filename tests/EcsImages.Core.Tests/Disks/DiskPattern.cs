namespace EcsImages.Core.Tests.Disks;

/// <summary>Contents for disks.</summary>
internal static class DiskPattern
{
    /// <summary>Text that compresses, noise that does not, and zeros, in pieces that fit no block size.</summary>
    public static byte[] Make(long size, int seed)
    {
        var random = new Random(seed);
        var bytes = new byte[size];
        for (var at = 0; at < size;)
        {
            var piece = bytes.AsSpan(at, (int)Math.Min(size - at, random.Next(1, 300_000)));
            switch (random.Next(3))
            {
                case 0:
                    random.NextBytes(piece);
                    break;
                case 1:
                    for (var i = 0; i < piece.Length; i++) piece[i] = (byte)('a' + i % 26);
                    break;
            }
            at += piece.Length;
        }
        return bytes;
    }
}
