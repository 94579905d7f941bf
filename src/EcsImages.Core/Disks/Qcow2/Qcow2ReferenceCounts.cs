using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>How often each cluster of a growing file is referred to: in blocks, each written when the file has grown past what it covers.</summary>
internal sealed class Qcow2ReferenceCounts(IByteSink sink, int mostBlocks)
{
    private const int Cluster = 64 * 1024, PerBlock = Cluster / 2;

    /// <summary>How many bytes of the file one block covers: 2 GiB.</summary>
    public const long Covered = (long)PerBlock * Cluster;

    // Usually one: the block that is being filled.
    private readonly SortedDictionary<int, ushort[]> _open = [];

    /// <summary>The place of each block in the file.</summary>
    public byte[] Table { get; } = new byte[mostBlocks * 8];

    /// <summary>Counts one more reference to a cluster.</summary>
    public void Add(long cluster)
    {
        var number = (int)(cluster / PerBlock);
        if (!_open.TryGetValue(number, out var block)) _open.Add(number, block = new ushort[PerBlock]);
        block[cluster % PerBlock]++;
    }

    /// <summary>Writes the blocks of what lies wholly before the end of the file; returns where the file ends then.</summary>
    public async ValueTask<long> WriteFullAsync(long end, CancellationToken stop)
    {
        while (_open.Count > 0 && _open.First() is var (number, block) && end >= (number + 1) * Covered)
        {
            end = Place(number, end);
            _open.Remove(number);
            await WriteAsync(number, block, stop).ConfigureAwait(false);
        }
        return end;
    }

    /// <summary>Writes the rest; returns where the file ends then.</summary>
    public async ValueTask<long> CompleteAsync(long end, CancellationToken stop)
    {
        // Placing a block counts a cluster, for which it may take one block more.
        for (var number = _open.Keys.First(); _open.ContainsKey(number); number++) end = Place(number, end);
        foreach (var (number, block) in _open) await WriteAsync(number, block, stop).ConfigureAwait(false);
        return end;
    }

    private long Place(int number, long end)
    {
        var at = (end + Cluster - 1) / Cluster * Cluster;
        BinaryPrimitives.WriteInt64BigEndian(Table.AsSpan(number * 8), at);
        Add(at / Cluster);
        return at + Cluster;
    }

    private ValueTask WriteAsync(int number, ushort[] block, CancellationToken stop)
    {
        var bytes = new byte[Cluster];
        for (var i = 0; i < block.Length; i++) BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(i * 2), block[i]);
        return sink.WriteAsync(BinaryPrimitives.ReadInt64BigEndian(Table.AsSpan(number * 8)), bytes, stop);
    }
}
