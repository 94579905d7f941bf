namespace EcsImages.Local.Contents;

/// <summary>The digest of each stored MiB, in pages of 64 as the database has them; 32 bytes of memory for a stored MiB.</summary>
internal sealed class DigestTable
{
    public const int DigestSize = 32;
    public const int MiBsPerPage = 64;
    public const int PageSize = MiBsPerPage * DigestSize;

    private readonly SortedList<long, byte[]> _pages = [];

    public IEnumerable<KeyValuePair<long, byte[]>> Pages => _pages;

    /// <summary>Takes a page over from the database.</summary>
    public void Add(long page, byte[] digests) => _pages.Add(page, digests);

    /// <summary>The digest of a MiB; empty where it is not stored. No SHA-256 is all zeros, so zeros say "not stored".</summary>
    public ReadOnlySpan<byte> Find(long mib)
    {
        if (!_pages.TryGetValue(mib / MiBsPerPage, out var page)) return default;
        var digest = page.AsSpan((int)(mib % MiBsPerPage) * DigestSize, DigestSize);
        return digest.ContainsAnyExcept((byte)0) ? digest : default;
    }

    public bool Contains(long mib) => !Find(mib).IsEmpty;

    public void Set(long mib, ReadOnlySpan<byte> digest)
    {
        if (!_pages.TryGetValue(mib / MiBsPerPage, out var page)) _pages.Add(mib / MiBsPerPage, page = new byte[PageSize]);
        digest.CopyTo(page.AsSpan((int)(mib % MiBsPerPage) * DigestSize));
    }

    /// <summary>The stored MiBs from the first to before the end, in order.</summary>
    public IEnumerable<long> Stored(long first, long end)
    {
        for (var i = FirstPageFrom(first / MiBsPerPage); i < _pages.Count; i++)
        {
            var start = _pages.GetKeyAtIndex(i) * MiBsPerPage;
            if (start >= end) yield break;
            var last = Math.Min(end, start + MiBsPerPage);
            for (var mib = Math.Max(first, start); mib < last; mib++)
                if (Contains(mib)) yield return mib;
        }
    }

    private int FirstPageFrom(long page)
    {
        var (low, high) = (0, _pages.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_pages.GetKeyAtIndex(middle) < page) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
