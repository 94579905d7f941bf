using System.Collections.Concurrent;
using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Work;

/// <summary>A stored content as bytes that can be read from several threads; a reader each, as many as read at once.</summary>
/// <param name="database">Knows the content.</param>
/// <param name="folder">Has its files.</param>
/// <param name="content">Null is zeros all through. A row refers to it for as long as it is read.</param>
/// <param name="length">In bytes; beyond the content are zeros.</param>
/// <param name="name">For messages.</param>
internal sealed class ContentSource(Database database, ContentFolder folder, string? content, long length, string name) : IByteSource
{
    private readonly ConcurrentBag<ContentReader> _readers = [];

    public string Name => name;

    public long Length => length;

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        var part = buffer[..(int)Math.Min(buffer.Length, length - offset)];
        if (content is null)
        {
            part.Span.Clear();
            return part.Length;
        }
        var reader = Rent(content);
        try
        {
            await reader.ReadAsync(offset, part, stop).ConfigureAwait(false);
            return part.Length;
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    public DiskRange RangeAt(long offset)
    {
        var hole = new DiskRange(offset, length - offset, IsZero: true);
        if (content is null) return hole;
        var reader = Rent(content);
        try
        {
            foreach (var stored in reader.Map(offset, length - offset))
                return stored.Start > offset ? hole with { Length = stored.Start - offset } : new DiskRange(offset, stored.Length, IsZero: false);
            return hole;
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    public ValueTask DisposeAsync()
    {
        while (_readers.TryTake(out var reader)) reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private ContentReader Rent(string id)
    {
        if (_readers.TryTake(out var reader)) return reader;
        using var connection = database.Connect();
        return ContentReader.Open(connection, null, folder, id);
    }
}
