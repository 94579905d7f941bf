namespace EcsImages.Core.Disks.Inspection;

/// <summary>A disk, or a part of it, as inspection reads it.</summary>
internal sealed class DiskView
{
    private readonly InspectedPages _pages;
    private readonly long _start;

    private DiskView(InspectedPages pages, int sectorSize, long start, long length) => (_pages, SectorSize, _start, Length) = (pages, sectorSize, start, length);

    /// <summary>Of the disk, in bytes.</summary>
    public int SectorSize { get; }

    /// <summary>In bytes.</summary>
    public long Length { get; }

    public static DiskView Of(IDisk disk) => new(new InspectedPages(disk), disk.SectorSize, 0, disk.Length);

    /// <summary>A part that lies within it.</summary>
    public DiskView Part(long start, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, Length - length);
        return new DiskView(_pages, SectorSize, _start + start, length);
    }

    /// <summary>Fills the whole buffer.</summary>
    /// <exception cref="DamagedVolumeException">The bytes do not lie within it.</exception>
    public ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        if (offset < 0 || offset > Length - buffer.Length)
            throw new DamagedVolumeException($"{buffer.Length} bytes would lie at byte {offset}, but it has {Length}");
        return _pages.ReadAsync(_start + offset, buffer, stop);
    }

    /// <summary>So many bytes; the caller has checked that they are few.</summary>
    /// <exception cref="DamagedVolumeException">They do not lie within it.</exception>
    public async ValueTask<byte[]> ReadAsync(long offset, int length, CancellationToken stop)
    {
        var bytes = new byte[length];
        await ReadAsync(offset, bytes, stop).ConfigureAwait(false);
        return bytes;
    }

    /// <summary>The first bytes, as many of them as there are.</summary>
    public ValueTask<byte[]> HeadAsync(int most, CancellationToken stop) => ReadAsync(0, (int)Math.Min(most, Length), stop);
}
