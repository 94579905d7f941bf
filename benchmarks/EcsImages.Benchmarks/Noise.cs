namespace EcsImages.Benchmarks;

/// <summary>A file in which nothing repeats: no hole helps, and nothing can be packed.</summary>
internal static class Noise
{
    private const int Piece = 4 << 20;

    public static void Write(string path, long length)
    {
        var random = new Random(20261201);
        var bytes = new byte[Piece];
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        for (long at = 0; at < length; at += Piece)
        {
            random.NextBytes(bytes);
            RandomAccess.Write(file, bytes.AsSpan(0, (int)Math.Min(Piece, length - at)), at);
        }
    }
}
