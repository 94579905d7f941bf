namespace EcsImages.Benchmarks;

/// <summary>A disk such as a small system leaves: a third of it used, some of that text, the rest noise, in pieces of all sizes.</summary>
internal static class TestDisk
{
    private const int Piece = 4 << 20;

    public static void Write(string path, long length)
    {
        var random = new Random(20261124);
        var text = new byte[Piece];
        for (var i = 0; i < text.Length; i++) text[i] = (byte)("the quick brown fox "[i % 20] ^ (random.Next(40) == 0 ? 1 : 0));
        var bytes = new byte[Piece];
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, length);
        for (long at = 0; at < length;)
        {
            var size = (int)Math.Min(length - at, random.Next(1, Piece / 4096) * 4096L);
            switch (random.Next(6))
            {
                case 0:
                    random.NextBytes(bytes.AsSpan(0, size));
                    RandomAccess.Write(file, bytes.AsSpan(0, size), at);
                    break;
                case 1:
                    RandomAccess.Write(file, text.AsSpan(0, size), at);
                    break;
            }
            at += size;
        }
    }
}
