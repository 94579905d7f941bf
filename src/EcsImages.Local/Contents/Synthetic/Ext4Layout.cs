namespace EcsImages.Local.Contents.Synthetic;

/// <summary>Where everything of an empty ext4 volume lies, in blocks of 4 KiB.</summary>
/// <remarks>
/// One flex group holds the bitmaps and inode tables of all groups at the volume's beginning, so that what is not zero lies
/// close together; only the backups of the superblock (groups 1 and powers of 3, 5 and 7) are spread out.
/// </remarks>
internal sealed class Ext4Layout
{
    public const int BlockSize = 4096;
    public const int BlocksPerGroup = 8 * BlockSize;
    public const int InodesPerGroup = 2048;
    public const int InodeSize = 256;
    public const int LostAndFoundBlocks = 4;
    public const int DescriptorSize = 32;
    private const int InodeTableBlocks = InodesPerGroup * InodeSize / BlockSize;
    private readonly List<(long Start, long End)> _used = [];
    private long _next;

    public Ext4Layout(long bytes)
    {
        Blocks = bytes / BlockSize;
        // Too short a last group is left out: a backup of the superblock must fit it.
        if (Blocks % BlocksPerGroup is > 0 and < 1024) Blocks -= Blocks % BlocksPerGroup;
        if (Blocks < 4096 || Blocks > uint.MaxValue) throw new ArgumentOutOfRangeException(nameof(bytes), bytes, "Must be from 16 MiB to 16 TiB.");
        Groups = (int)((Blocks + BlocksPerGroup - 1) / BlocksPerGroup);
        DescriptorBlocks = (Groups * DescriptorSize + BlockSize - 1) / BlockSize;
        for (var group = 0; group < Groups; group++)
            if (HasSuperblock(group)) Use((long)group * BlocksPerGroup, 1 + DescriptorBlocks);
        BlockBitmaps = TakeEach(1);
        InodeBitmaps = TakeEach(1);
        InodeTables = TakeEach(InodeTableBlocks);
        RootDirectory = Take(1);
        LostAndFound = Take(LostAndFoundBlocks);
        Use(Blocks, (long)Groups * BlocksPerGroup - Blocks);        // beyond the end: in the last bitmap only
        _used.Sort();
    }

    public long Blocks { get; }

    public int Groups { get; }

    public int DescriptorBlocks { get; }

    /// <summary>By group.</summary>
    public long[] BlockBitmaps { get; }

    public long[] InodeBitmaps { get; }

    public long[] InodeTables { get; }

    public long RootDirectory { get; }

    public long LostAndFound { get; }

    public static bool HasSuperblock(int group) => group <= 1 || IsPower(group, 3) || IsPower(group, 5) || IsPower(group, 7);

    /// <summary>The bitmap of a group's used blocks, and how many of its blocks are free.</summary>
    public byte[] BlockBitmap(int group, out int free)
    {
        var bitmap = new byte[BlockSize];
        var start = (long)group * BlocksPerGroup;
        free = BlocksPerGroup;
        foreach (var (from, to) in _used)
        {
            var first = (int)Math.Clamp(from - start, 0, BlocksPerGroup);
            var end = (int)Math.Clamp(to - start, 0, BlocksPerGroup);
            for (var bit = first; bit < end; bit++) bitmap[bit >> 3] |= (byte)(1 << (bit & 7));
            free -= end - first;
        }
        return bitmap;
    }

    private static bool IsPower(int number, int of)
    {
        while (number % of == 0) number /= of;
        return number == 1;
    }

    private long[] TakeEach(int count)
    {
        var starts = new long[Groups];
        for (var group = 0; group < Groups; group++) starts[group] = Take(count);
        return starts;
    }

    // The next run of free blocks, past the backups of the superblock.
    private long Take(int count)
    {
        var group = _next / BlocksPerGroup;
        if (HasSuperblock((int)group)) _next = Math.Max(_next, group * BlocksPerGroup + 1 + DescriptorBlocks);
        var following = (_next + count - 1) / BlocksPerGroup;
        if (following > group && HasSuperblock((int)following)) _next = following * BlocksPerGroup + 1 + DescriptorBlocks;
        var start = _next;
        Use(start, count);
        _next += count;
        return start;
    }

    private void Use(long start, long count)
    {
        if (count <= 0) return;
        if (_used.Count > 0 && _used[^1].End == start) _used[^1] = (_used[^1].Start, start + count);
        else _used.Add((start, start + count));
    }
}
