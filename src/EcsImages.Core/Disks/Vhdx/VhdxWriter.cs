using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhdx;

/// <summary>Writes a dynamic VHDX: its blocks from front to back, and the head with their table last.</summary>
/// <remarks>Memory: 4 bytes for each MiB of the disk.</remarks>
internal sealed class VhdxWriter : IDiskWriter
{
    private const int MiB = 1024 * 1024, KiB64 = 64 * 1024, Block = 2 * MiB, SectorSize = 512;
    private const long ChunkRatio = (1L << 23) * SectorSize / Block;
    private const long LogAt = MiB, MetadataAt = 2 * MiB, TableAt = 3 * MiB;
    private readonly IByteSink _sink;
    private readonly Guid _id;
    private readonly byte[] _table;
    private long _end, _block = -1;

    public VhdxWriter(IByteSink sink, long length, Guid id)
    {
        (_sink, Length, _id) = (sink, length, id);
        var blocks = (length + Block - 1) / Block;
        var entries = blocks == 0 ? 0 : blocks + (blocks - 1) / ChunkRatio;
        _table = new byte[checked((int)((Math.Max(1, entries) * 8 + MiB - 1) / MiB * MiB))];
        _end = TableAt + _table.Length;
    }

    public DiskFormat Format => DiskFormat.Vhdx;

    public long Length { get; }

    /// <summary>A block is laid out as a whole, and holds only what was written.</summary>
    public int BlockSize => 64 * 1024;

    public BlockPacker? Packer => null;

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
        {
            if (offset / Block != _block)
            {
                _block = offset / Block;
                BinaryPrimitives.WriteInt64LittleEndian(_table.AsSpan((int)((_block + _block / ChunkRatio) * 8)), _end | 6);
                _end += Block;
            }
            var part = bytes[..(int)Math.Min(bytes.Length, Block - offset % Block)];
            await _sink.WriteAsync(_end - Block + offset % Block, part, stop).ConfigureAwait(false);
            bytes = bytes[part.Length..];
            offset += part.Length;
        }
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await _sink.WriteAsync(MetadataAt, Metadata(), stop).ConfigureAwait(false);
        await _sink.WriteAsync(TableAt, _table, stop).ConfigureAwait(false);
        await _sink.WriteAsync(0, Head(), stop).ConfigureAwait(false);
        await _sink.CompleteAsync(_end, stop).ConfigureAwait(false);
    }

    private byte[] Head()
    {
        var head = new byte[5 * KiB64];
        "vhdxfile"u8.CopyTo(head);
        System.Text.Encoding.Unicode.GetBytes("EcsImage").CopyTo(head, 8);
        for (var copy = 1; copy <= 2; copy++)
        {
            var header = head.AsSpan(copy * KiB64, 4096);
            "head"u8.CopyTo(header);
            BinaryPrimitives.WriteUInt64LittleEndian(header[8..], (ulong)copy);
            _id.TryWriteBytes(header[16..]);
            _id.TryWriteBytes(header[32..]);
            BinaryPrimitives.WriteUInt16LittleEndian(header[66..], 1);
            BinaryPrimitives.WriteUInt32LittleEndian(header[68..], MiB);
            BinaryPrimitives.WriteInt64LittleEndian(header[72..], LogAt);
            BinaryPrimitives.WriteUInt32LittleEndian(header[4..], Crc32C.Of(header));
            WriteRegions(head.AsSpan((2 + copy) * KiB64, KiB64));
        }
        return head;
    }

    private void WriteRegions(Span<byte> table)
    {
        "regi"u8.CopyTo(table);
        BinaryPrimitives.WriteUInt32LittleEndian(table[8..], 2);
        WriteRegion(table[16..], VhdxHeader.TableRegion, TableAt, _table.Length);
        WriteRegion(table[48..], VhdxHeader.MetadataRegion, MetadataAt, MiB);
        BinaryPrimitives.WriteUInt32LittleEndian(table[4..], Crc32C.Of(table));
    }

    private static void WriteRegion(Span<byte> entry, Guid id, long at, int length)
    {
        id.TryWriteBytes(entry);
        BinaryPrimitives.WriteInt64LittleEndian(entry[16..], at);
        BinaryPrimitives.WriteInt32LittleEndian(entry[24..], length);
        BinaryPrimitives.WriteInt32LittleEndian(entry[28..], 1);
    }

    private byte[] Metadata()
    {
        var metadata = new byte[2 * KiB64];
        "metadata"u8.CopyTo(metadata);
        var count = 0;
        var at = KiB64;
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, Block);
        Add(VhdxMetadata.FileParameters, number, flags: 4);
        BinaryPrimitives.WriteInt64LittleEndian(number, Length);
        Add(VhdxMetadata.DiskSize, number, flags: 6);
        BinaryPrimitives.WriteInt64LittleEndian(number, SectorSize);
        Add(VhdxMetadata.LogicalSectorSize, number[..4], flags: 6);
        BinaryPrimitives.WriteInt64LittleEndian(number, 4096);
        Add(VhdxMetadata.PhysicalSectorSize, number[..4], flags: 6);
        Add(VhdxMetadata.DiskId, _id.ToByteArray(), flags: 6);
        BinaryPrimitives.WriteUInt16LittleEndian(metadata.AsSpan(10), (ushort)count);
        return metadata;

        void Add(Guid id, ReadOnlySpan<byte> value, int flags)
        {
            var entry = metadata.AsSpan(32 + count++ * 32, 32);
            id.TryWriteBytes(entry);
            BinaryPrimitives.WriteInt32LittleEndian(entry[16..], at);
            BinaryPrimitives.WriteInt32LittleEndian(entry[20..], value.Length);
            BinaryPrimitives.WriteInt32LittleEndian(entry[24..], flags);
            value.CopyTo(metadata.AsSpan(at));
            at += value.Length;
        }
    }
}
