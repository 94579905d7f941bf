namespace EcsImages.Local.Contents;

/// <summary>The unit in which contents are stored, digested and checked.</summary>
internal static class MiB
{
    public const int Size = 1 << 20;

    public static long Of(long offset) => offset / Size;

    /// <summary>How many bytes of that MiB lie within the length; only the last one can have fewer than all.</summary>
    public static int LengthOf(long mib, long length) => (int)Math.Min(Size, length - mib * Size);
}
