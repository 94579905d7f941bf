using System.Numerics;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>Numbers the set clusters of a bitmap, which no longer changes, in their order.</summary>
/// <remarks>Memory: 12 bytes for each region that has any.</remarks>
internal sealed class ClusterIndex
{
    private readonly ClusterBitmap _bits;
    private readonly int[] _used;
    private readonly long[] _before;

    public ClusterIndex(ClusterBitmap bits)
    {
        _bits = bits;
        _used = [.. Enumerable.Range(0, bits.Regions).Where(r => !bits[r].IsEmpty)];
        _before = new long[_used.Length];
        for (var i = 0; i < _used.Length; i++)
        {
            _before[i] = Count;
            foreach (var word in bits[_used[i]]) Count += BitOperations.PopCount(word);
        }
    }

    /// <summary>How many clusters are set.</summary>
    public long Count { get; }

    /// <summary>The regions with set clusters, in order.</summary>
    public ReadOnlySpan<int> Used => _used;

    /// <summary>How many set clusters come before one of the used regions.</summary>
    public long Before(int used) => _before[used];

    /// <summary>Which of the used regions a region is; below 0 where it is none.</summary>
    public int UsedAt(int region) => Array.BinarySearch(_used, region);

    public bool IsSet(long cluster) => _bits[(int)(cluster / ClusterBitmap.PerRegion)] is { IsEmpty: false } words
        && (words[(int)(cluster % ClusterBitmap.PerRegion / 64)] >> (int)(cluster % 64) & 1) != 0;

    /// <summary>The set cluster that so many others come before.</summary>
    public long At(long number)
    {
        var used = Array.BinarySearch(_before, number);
        if (used < 0) used = ~used - 1;
        var words = _bits[_used[used]];
        var left = (int)(number - _before[used]);
        var i = 0;
        for (; BitOperations.PopCount(words[i]) is var count && left >= count; i++) left -= count;
        var word = words[i];
        for (; left > 0; left--) word &= word - 1;
        return (long)_used[used] * ClusterBitmap.PerRegion + i * 64 + BitOperations.TrailingZeroCount(word);
    }
}
