namespace EcsImages.Core.Disks.Inspection;

/// <summary>Reads a disk in pages that are kept for a while, and no more of it than an inspection may need.</summary>
/// <remarks>Structures that lead in circles, or to far more than a system has, end here: in 256 MiB or a million looks at the disk.</remarks>
internal sealed class InspectedPages(IDisk disk)
{
    private const int PageSize = 16 * 1024, MostPages = 256, MostReads = 1_000_000;
    private const long MostBytes = 256L << 20;
    private readonly Dictionary<long, byte[]> _pages = [];
    private long _bytes;
    private int _reads;

    public long Length => disk.Length;

    /// <summary>Fills the whole buffer from an offset within the disk.</summary>
    /// <exception cref="DamagedVolumeException">All that an inspection may read has been read.</exception>
    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        if (++_reads > MostReads) throw new DamagedVolumeException("its structures lead to more places than are looked at");
        while (!buffer.IsEmpty)
        {
            var page = await PageAsync(offset / PageSize, stop).ConfigureAwait(false);
            var at = (int)(offset % PageSize);
            var count = Math.Min(buffer.Length, page.Length - at);
            page.AsMemory(at, count).CopyTo(buffer);
            buffer = buffer[count..];
            offset += count;
        }
    }

    private ValueTask<byte[]> PageAsync(long number, CancellationToken stop) =>
        _pages.TryGetValue(number, out var page) ? new(page) : FetchAsync(number, stop);

    private async ValueTask<byte[]> FetchAsync(long number, CancellationToken stop)
    {
        var page = new byte[Math.Min(PageSize, disk.Length - number * PageSize)];
        if ((_bytes += page.Length) > MostBytes) throw new DamagedVolumeException($"its structures lead to more than the {MostBytes >> 20} MiB that are read");
        await disk.ReadAsync(number * PageSize, page, stop).ConfigureAwait(false);
        if (_pages.Count == MostPages) _pages.Clear();
        _pages.Add(number, page);
        return page;
    }
}
