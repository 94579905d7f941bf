namespace EcsImages.Local.Oss.Objects;

/// <summary>Bounds among keys in byte order.</summary>
internal static class ByteOrder
{
    /// <summary>The least key above that one.</summary>
    public static byte[] After(byte[] key) => [.. key, 0];

    /// <summary>The least key above all that begin with the prefix; null where there is none.</summary>
    public static byte[]? BeforeNext(byte[] prefix)
    {
        var last = prefix.AsSpan().LastIndexOfAnyExcept((byte)0xFF);
        if (last < 0) return null;
        var next = prefix[..(last + 1)];
        next[last]++;
        return next;
    }

    public static byte[] Larger(byte[] one, byte[] other) => one.AsSpan().SequenceCompareTo(other) >= 0 ? one : other;
}
