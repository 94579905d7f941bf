namespace EcsImages.Core.Disks;

/// <summary>A long table of a file, of which only the pages in use are in memory.</summary>
/// <param name="source">The file.</param>
/// <param name="start">Where the table begins, in bytes.</param>
/// <param name="length">In bytes.</param>
/// <param name="what">For messages.</param>
internal sealed class PagedTable(IByteSource source, long start, long length, string what)
{
    private const int Page = 64 * 1024;
    private readonly TableCache _pages = new(4 * 1024 * 1024);

    /// <summary>The bytes of the page from a position on.</summary>
    public async ValueTask<ReadOnlyMemory<byte>> FromAsync(long at, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(at, length);
        var page = at / Page * Page;
        var bytes = await _pages.GetAsync(source, start + page, (int)Math.Min(Page, length - page), what, stop).ConfigureAwait(false);
        return bytes.AsMemory((int)(at - page));
    }
}
