namespace EcsImages.Core.Disks;

/// <summary>Tables of a format that are read when first needed; those used last are kept, within a bound.</summary>
/// <param name="mostBytes">Of all tables together.</param>
internal sealed class TableCache(int mostBytes)
{
    private readonly Dictionary<long, LinkedListNode<(long Offset, byte[] Bytes)>> _byOffset = [];
    private readonly LinkedList<(long Offset, byte[] Bytes)> _byUse = [];
    private long _bytes;

    /// <summary>The table at an offset of the file. Two readers that miss it at once both read it.</summary>
    public ValueTask<byte[]> GetAsync(IByteSource source, long offset, int length, string what, CancellationToken stop)
    {
        lock (_byUse)
        {
            if (_byOffset.TryGetValue(offset, out var node))
            {
                _byUse.Remove(node);
                _byUse.AddLast(node);
                return new(node.Value.Bytes);
            }
        }
        return ReadAsync(source, offset, length, what, stop);
    }

    private async ValueTask<byte[]> ReadAsync(IByteSource source, long offset, int length, string what, CancellationToken stop)
    {
        var table = await source.ReadTableAsync(offset, length, length, what, stop).ConfigureAwait(false);
        lock (_byUse)
        {
            if (_byOffset.ContainsKey(offset)) return table;
            while (_byUse.First is { } oldest && _bytes + length > mostBytes)
            {
                _byUse.Remove(oldest);
                _byOffset.Remove(oldest.Value.Offset);
                _bytes -= oldest.Value.Bytes.Length;
            }
            _byOffset.Add(offset, _byUse.AddLast((offset, table)));
            _bytes += length;
        }
        return table;
    }
}
