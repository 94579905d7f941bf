namespace EcsImages.Core.Disks.Qcow2;

/// <summary>A bit for each cluster of a disk, set from several threads.</summary>
/// <remarks>Memory: 8 bytes for each region, and 1 KiB for each that has a bit set; 4 MiB for 2 TiB.</remarks>
/// <param name="clusters">How many the disk has.</param>
internal sealed class ClusterBitmap(long clusters)
{
    /// <summary>How many clusters make a region: as many as a second-level table has entries.</summary>
    public const int PerRegion = 8192;

    private readonly ulong[]?[] _regions = new ulong[]?[checked((int)((clusters + PerRegion - 1) / PerRegion))];

    /// <summary>How many regions the disk has.</summary>
    public int Regions => _regions.Length;

    /// <summary>The bits of a region; none where none is set.</summary>
    public ReadOnlySpan<ulong> this[int region] => _regions[region];

    public void Set(long cluster)
    {
        ref var region = ref _regions[cluster / PerRegion];
        var words = Volatile.Read(ref region) ?? Interlocked.CompareExchange(ref region, new ulong[PerRegion / 64], null) ?? region!;
        Interlocked.Or(ref words[cluster % PerRegion / 64], 1UL << (int)(cluster % 64));
    }
}
