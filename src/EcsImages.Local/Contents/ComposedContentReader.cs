using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Contents;

/// <summary>Reads a content that is made of others, and opens the file of each when it gets there.</summary>
/// <remarks>
/// A row must refer to the content, or a pin, for as long as it is read: of up to ten thousand files only a few are open at a time.
/// </remarks>
internal sealed class ComposedContentReader : ContentReader
{
    private const int MostOpen = 8;
    private readonly IReadOnlyList<ContentPart> _parts;
    private readonly Dictionary<string, (ContentRow Row, string Path, DigestTable Digests)> _sources;
    private readonly List<FileContentReader> _open = [];        // the last used one is the last

    private ComposedContentReader(ContentRow row, IReadOnlyList<ContentPart> parts, Dictionary<string, (ContentRow, string, DigestTable)> sources)
        : base(row) => (_parts, _sources) = (parts, sources);

    public static ComposedContentReader Open(
        SqliteConnection db, SqliteTransaction? transaction, ContentFolder folder, ContentRow row, IReadOnlyList<ContentPart> parts)
    {
        var sources = new Dictionary<string, (ContentRow, string, DigestTable)>(StringComparer.Ordinal);
        foreach (var id in parts.Select(static p => p.Source).OfType<string>().Distinct())
        {
            var path = folder.FileOf(id);
            var source = ContentRows.FindLive(db, transaction, id) ?? throw new ContentDamagedException(id, path, $"the database has no such content, of which {row.Id} is made");
            sources.Add(id, (source, path, ContentRows.ReadDigests(db, transaction, id)));
        }
        return new(row, parts, sources);
    }

    public override async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        for (var i = FirstEndingAfter(offset); !buffer.IsEmpty; i++)
        {
            // Zeros up to the next part, or all the way.
            var gap = i < _parts.Count ? (int)Math.Clamp(_parts[i].Start - offset, 0, buffer.Length) : buffer.Length;
            buffer.Span[..gap].Clear();
            (buffer, offset) = (buffer[gap..], offset + gap);
            if (buffer.IsEmpty) return;
            var part = _parts[i];
            var count = (int)Math.Min(buffer.Length, part.End - offset);
            var at = offset - part.Start;
            if (part.Source is null) part.Bytes.AsMemory((int)at, count).CopyTo(buffer);
            else await Reader(part.Source).ReadAsync(part.Offset + at, buffer[..count], stop).ConfigureAwait(false);
            (buffer, offset) = (buffer[count..], offset + count);
        }
    }

    public override void Dispose()
    {
        foreach (var reader in _open) reader.Dispose();
        _open.Clear();
    }

    protected override IEnumerable<ContentExtent> Stored(long start, long end)
    {
        ContentExtent? last = null;
        for (var i = FirstEndingAfter(start); i < _parts.Count && _parts[i].Start < end; i++)
            foreach (var extent in Stored(_parts[i], Math.Max(start, _parts[i].Start), Math.Min(end, _parts[i].End)))
            {
                if (last is { } before && before.Start + before.Length == extent.Start)
                {
                    last = new(before.Start, before.Length + extent.Length);
                    continue;
                }
                if (last is { } done) yield return done;
                last = extent;
            }
        if (last is { } rest) yield return rest;
    }

    private IEnumerable<ContentExtent> Stored(ContentPart part, long start, long end) => part.Source is null
        ? [new ContentExtent(start, end - start)]
        : Reader(part.Source).Map(part.Offset + start - part.Start, end - start).Select(e => e with { Start = e.Start - part.Offset + part.Start });

    private FileContentReader Reader(string id)
    {
        var index = _open.FindIndex(r => r.Id == id);
        FileContentReader reader;
        if (index >= 0)
        {
            reader = _open[index];
            _open.RemoveAt(index);
        }
        else
        {
            if (_open.Count == MostOpen)
            {
                _open[0].Dispose();
                _open.RemoveAt(0);
            }
            var (row, path, digests) = _sources[id];
            reader = FileContentReader.Open(row, path, digests);
        }
        _open.Add(reader);
        return reader;
    }

    private int FirstEndingAfter(long offset)
    {
        var (low, high) = (0, _parts.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_parts[middle].End <= offset) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
