using System.Buffers.Binary;
using System.IO.Compression;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>Writes a QCOW2 file of version 3 from front to back: clusters, behind each 512 MiB of the disk their table, and the head last.</summary>
/// <remarks>Memory: a second-level table, a block of reference counts, and 8 bytes for each 512 MiB of the disk.</remarks>
internal sealed class Qcow2Writer : IDiskWriter
{
    private const int Bits = Qcow2Header.UsualClusterBits, Cluster = Qcow2Header.UsualClusterSize, PerTable = Cluster / 8;
    private const ulong Copied = Qcow2Header.Copied, PackedBit = 1UL << 62;

    private readonly IByteSink _sink;
    private readonly byte[] _l1;
    private readonly byte[] _l2 = new byte[Cluster];
    private readonly Qcow2ReferenceCounts _counts;
    private readonly int _countTableClusters;
    private int _region = -1;
    private bool _isRegionUsed;
    private long _end;                  // of what is written or reserved; packed clusters may end within a cluster

    /// <param name="sink">Takes the file.</param>
    /// <param name="length">Of the disk, in bytes.</param>
    /// <param name="compression">Null leaves clusters as they are.</param>
    public Qcow2Writer(IByteSink sink, long length, CompressionLevel? compression)
    {
        (_sink, Length) = (sink, length);
        if (compression is { } level) Packer = new BlockPacker(Cluster, level, hasZlibFrame: false, most: Cluster - 513);
        var regions = (length + (long)PerTable * Cluster - 1) / ((long)PerTable * Cluster);
        _l1 = new byte[checked((int)(Math.Max(1, regions) * 8))];
        // Enough for all clusters, their tables and the counts themselves: a hundredth more than the disk.
        _countTableClusters = (int)Clusters((length + length / 100) / Qcow2ReferenceCounts.Covered * 8 + 64);
        _end = (1 + _countTableClusters + Clusters(_l1.Length)) * Cluster;
        _counts = new Qcow2ReferenceCounts(sink, _countTableClusters * (Cluster / 8));
        for (var cluster = 0L; cluster < _end / Cluster; cluster++) _counts.Add(cluster);
    }

    public DiskFormat Format => DiskFormat.Qcow2;

    public long Length { get; }

    public int BlockSize => Cluster;

    public BlockPacker? Packer { get; }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            await EnterAsync((int)(offset / ((long)PerTable * Cluster)), stop).ConfigureAwait(false);
            var inRegion = (long)(_region + 1) * PerTable * Cluster - offset;
            var part = isPacked ? bytes : bytes[..(int)Math.Min(bytes.Length, inRegion)];
            if (isPacked) await WritePackedAsync(offset, part, stop).ConfigureAwait(false);
            else await WriteClustersAsync(offset, part, stop).ConfigureAwait(false);
            bytes = bytes[part.Length..];
            offset += part.Length;
        }
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await EnterAsync(_l1.Length / 8, stop).ConfigureAwait(false);
        _end = await _counts.CompleteAsync(Align(_end), stop).ConfigureAwait(false);
        await _sink.WriteAsync(0, Head(), stop).ConfigureAwait(false);
        await _sink.CompleteAsync(_end, stop).ConfigureAwait(false);
    }

    private async ValueTask WriteClustersAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var at = Align(_end);
        await _sink.WriteAsync(at, bytes, stop).ConfigureAwait(false);
        for (var done = 0L; done < bytes.Length; done += Cluster)
        {
            Set(offset + done, Copied | (ulong)(at + done));
            _counts.Add((at + done) / Cluster);
        }
        _end = await _counts.WriteFullAsync(at + Align(bytes.Length), stop).ConfigureAwait(false);
    }

    // A packed cluster begins where the last one ended; how long it is, is said in sectors that it touches.
    private async ValueTask WritePackedAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        var at = _end;
        await _sink.WriteAsync(at, bytes, stop).ConfigureAwait(false);
        var sectors = (at + bytes.Length - 1) / 512 - at / 512;
        Set(offset, PackedBit | (ulong)at | (ulong)sectors << (62 - (Bits - 8)));
        for (var cluster = at / Cluster; cluster <= (at + bytes.Length - 1) / Cluster; cluster++) _counts.Add(cluster);
        _end = await _counts.WriteFullAsync(at + bytes.Length, stop).ConfigureAwait(false);
    }

    private void Set(long offset, ulong entry)
    {
        BinaryPrimitives.WriteUInt64BigEndian(_l2.AsSpan((int)(offset / Cluster % PerTable) * 8), entry);
        _isRegionUsed = true;
    }

    private async ValueTask EnterAsync(int region, CancellationToken stop)
    {
        if (region == _region) return;
        if (region < _region) throw new InvalidOperationException("A disk is written from front to back.");
        if (_isRegionUsed)
        {
            var at = Align(_end);
            await _sink.WriteAsync(at, _l2, stop).ConfigureAwait(false);
            BinaryPrimitives.WriteUInt64BigEndian(_l1.AsSpan(_region * 8), Copied | (ulong)at);
            _counts.Add(at / Cluster);
            _end = await _counts.WriteFullAsync(at + Cluster, stop).ConfigureAwait(false);
            Array.Clear(_l2);
            _isRegionUsed = false;
        }
        _region = region;
    }

    private byte[] Head()
    {
        var l1Offset = (1L + _countTableClusters) * Cluster;
        var head = new byte[l1Offset + _l1.Length];
        var h = head.AsSpan();
        new Qcow2Header { Version = 3, ClusterBits = Bits, Length = Length, L1Entries = _l1.Length / 8, L1Offset = l1Offset }.Write(h, Cluster, _countTableClusters);
        _counts.Table.CopyTo(h[Cluster..]);
        _l1.CopyTo(h[(int)l1Offset..]);
        return head;
    }

    private static long Align(long at) => (at + Cluster - 1) / Cluster * Cluster;

    private static long Clusters(long bytes) => (bytes + Cluster - 1) / Cluster;
}
