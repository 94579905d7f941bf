using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>An uncompressed QCOW2 file of a disk that is nowhere: each of its bytes is worked out when it is read, and is the same each time.</summary>
/// <remarks>
/// The head, the reference counts, the tables, and then the clusters in the order of the disk. Which clusters are stored is found out when
/// it is opened: at another time the file is the same as long as the disk's content is and, without a look for zeros, its map is.
/// Memory: a bit for each 64 KiB of the disk where it holds anything, 4 MiB for 2 TiB; and 64 KiB for each read of the file's tables.
/// Reads may come from several threads. The disk stays its owner's, to be disposed of after the last read.
/// </remarks>
internal sealed class Qcow2View : IByteSource
{
    /// <summary>The largest disk, in bytes: 1 PiB.</summary>
    public const long Most = 1L << 50;

    private const int Cluster = Qcow2Header.UsualClusterSize, PerTable = ClusterBitmap.PerRegion, PerCounts = Cluster / 2, PerCountTable = Cluster / 8;
    private readonly IDisk _disk;
    private readonly ClusterIndex _stored;
    private readonly Qcow2Header _header;
    private readonly long _countTables, _counts, _tablesAt, _dataAt, _clusters;

    private Qcow2View(IDisk disk, ClusterIndex stored, int regions)
    {
        (_disk, _stored) = (disk, stored);
        var entries = Math.Max(1, regions);
        var directory = Clusters(entries * 8L);
        var counted = 1 + directory + stored.Used.Length + stored.Count;
        // The counts count themselves.
        for (long before = -1; before != _counts;)
        {
            before = _counts;
            _countTables = Math.Max(1, (_counts + PerCountTable - 1) / PerCountTable);
            _counts = (counted + _countTables + _counts + PerCounts - 1) / PerCounts;
        }
        _tablesAt = 1 + _countTables + _counts + directory;
        _dataAt = _tablesAt + stored.Used.Length;
        _clusters = _dataAt + stored.Count;
        _header = new Qcow2Header
        {
            Version = 3,
            ClusterBits = Qcow2Header.UsualClusterBits,
            Length = checked((disk.Length + 511) / 512 * 512),
            L1Entries = entries,
            L1Offset = (1 + _countTables + _counts) * Cluster,
        };
    }

    /// <summary>The disk's.</summary>
    public string Name => _disk.Name;

    public long Length => _clusters * Cluster;

    /// <param name="disk">The disk; a last sector that is not whole is filled up with zeros.</param>
    /// <param name="findsZeros">Whether all that the disk stores is read now, so that clusters of zeros are left out.</param>
    /// <param name="progress">Told how much of the disk was looked at.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="ArgumentOutOfRangeException">The disk is larger than <see cref="Most"/>.</exception>
    /// <exception cref="DiskFormatException">The disk is damaged.</exception>
    public static async Task<Qcow2View> OpenAsync(IDisk disk, bool findsZeros, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(disk.Length, Most);
        var stored = await StoredClusters.FindAsync(disk, findsZeros, progress, stop).ConfigureAwait(false);
        return new Qcow2View(disk, new ClusterIndex(stored), stored.Regions);
    }

    public async ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length);
        buffer = buffer[..(int)Math.Min(buffer.Length, Length - offset)];
        for (var rest = buffer; !rest.IsEmpty;)
        {
            stop.ThrowIfCancellationRequested();
            var (cluster, within) = (offset / Cluster, (int)(offset % Cluster));
            var count = cluster < _dataAt ? ReadTable(cluster, within, rest.Span) : await ReadDataAsync(cluster - _dataAt, within, rest, stop).ConfigureAwait(false);
            rest = rest[count..];
            offset += count;
        }
        return buffer.Length;
    }

    public DiskRange RangeAt(long offset) => new(offset, Length - offset, IsZero: false);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    // Stored clusters that follow each other on the disk too are one read.
    private async ValueTask<int> ReadDataAsync(long number, int within, Memory<byte> buffer, CancellationToken stop)
    {
        var cluster = _stored.At(number);
        var clusters = 1L;
        while (clusters * Cluster - within < buffer.Length && (cluster + clusters) * Cluster < _disk.Length && _stored.IsSet(cluster + clusters)) clusters++;
        var start = cluster * Cluster + within;
        var part = buffer[..(int)Math.Min(buffer.Length, clusters * Cluster - within)];
        var held = (int)Math.Clamp(_disk.Length - start, 0, part.Length);
        if (held > 0) await _disk.ReadAsync(start, part[..held], stop).ConfigureAwait(false);
        part.Span[held..].Clear();
        return part.Length;
    }

    private int ReadTable(long cluster, int within, Span<byte> buffer)
    {
        var table = new byte[Cluster];
        if (cluster == 0) _header.Write(table, Cluster, (int)_countTables);
        else if (cluster <= _countTables) WritePlaces(table, (cluster - 1) * PerCountTable, _counts, 1 + _countTables);
        else if (cluster <= _countTables + _counts) WriteCounts(table, cluster - 1 - _countTables);
        else if (cluster < _tablesAt) WriteDirectory(table, (cluster - 1 - _countTables - _counts) * (Cluster / 8));
        else WriteTable(table, (int)(cluster - _tablesAt));
        var part = table.AsSpan(within, Math.Min(Cluster - within, buffer.Length));
        part.CopyTo(buffer);
        return part.Length;
    }

    private static void WritePlaces(Span<byte> table, long first, long count, long at)
    {
        for (var i = 0; i < Cluster / 8 && first + i < count; i++) BinaryPrimitives.WriteInt64BigEndian(table[(i * 8)..], (at + first + i) * Cluster);
    }

    private void WriteCounts(Span<byte> table, long number)
    {
        for (var i = 0; i < PerCounts && number * PerCounts + i < _clusters; i++) BinaryPrimitives.WriteUInt16BigEndian(table[(i * 2)..], 1);
    }

    private void WriteDirectory(Span<byte> table, long first)
    {
        for (var i = 0; i < Cluster / 8 && first + i < _header.L1Entries; i++)
            if (_stored.UsedAt((int)first + i) is >= 0 and var used)
                BinaryPrimitives.WriteUInt64BigEndian(table[(i * 8)..], Qcow2Header.Copied | (ulong)(_tablesAt + used) * Cluster);
    }

    private void WriteTable(Span<byte> table, int used)
    {
        var (first, at) = ((long)_stored.Used[used] * PerTable, _dataAt + _stored.Before(used));
        for (var i = 0; i < PerTable; i++)
            if (_stored.IsSet(first + i)) BinaryPrimitives.WriteUInt64BigEndian(table[(i * 8)..], Qcow2Header.Copied | (ulong)at++ * Cluster);
    }

    private static long Clusters(long bytes) => (bytes + Cluster - 1) / Cluster;
}
