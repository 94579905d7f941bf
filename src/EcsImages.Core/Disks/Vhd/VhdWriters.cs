using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhd;

/// <summary>Writes a fixed VHD: the disk's bytes, and a footer.</summary>
internal sealed class FixedVhdWriter(IByteSink sink, long length, VhdIdentity identity) : IDiskWriter
{
    public DiskFormat Format => DiskFormat.Vhd;

    public long Length => length;

    public int BlockSize => 64 * 1024;

    public BlockPacker? Packer => null;

    public bool TakesAnyOrder => sink.TakesAnyOrder;

    public ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop) => sink.WriteAsync(offset, bytes, stop);

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await sink.WriteAsync(length, identity.Footer(VhdType.Fixed, length), stop).ConfigureAwait(false);
        await sink.CompleteAsync(length + VhdFooter.Size, stop).ConfigureAwait(false);
    }
}

/// <summary>Writes a dynamic VHD: its blocks from front to back, and the head with their table last.</summary>
/// <remarks>Memory: 2 bytes for each MiB of the disk.</remarks>
internal sealed class DynamicVhdWriter : IDiskWriter
{
    /// <summary>What an entry of the table stands for, in bytes.</summary>
    public const int Block = 2 * 1024 * 1024;

    private const int Sector = 512, HeaderSize = 1024, TableAt = Sector + HeaderSize;
    private readonly IByteSink _sink;
    private readonly VhdIdentity _identity;
    private readonly byte[] _table;
    private readonly byte[] _bitmap = new byte[Sector];
    private long _end, _block = -1;

    public DynamicVhdWriter(IByteSink sink, long length, VhdIdentity identity)
    {
        (_sink, Length, _identity) = (sink, length, identity);
        var entries = checked((int)((length + Block - 1) / Block));
        _table = new byte[(entries * 4 + Sector - 1) / Sector * Sector];
        Array.Fill(_table, (byte)0xFF);
        Array.Fill(_bitmap, (byte)0xFF);
        _end = TableAt + _table.Length;
    }

    public DiskFormat Format => DiskFormat.Vhd;

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
                BinaryPrimitives.WriteUInt32BigEndian(_table.AsSpan((int)_block * 4), checked((uint)(_end / Sector)));
                await _sink.WriteAsync(_end, _bitmap, stop).ConfigureAwait(false);
                _end += Sector + Block;
            }
            var part = bytes[..(int)Math.Min(bytes.Length, Block - offset % Block)];
            await _sink.WriteAsync(_end - Block + offset % Block, part, stop).ConfigureAwait(false);
            bytes = bytes[part.Length..];
            offset += part.Length;
        }
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        var footer = _identity.Footer(VhdType.Dynamic, Length);
        await _sink.WriteAsync(_end, footer, stop).ConfigureAwait(false);
        var head = new byte[TableAt + _table.Length];
        footer.CopyTo(head, 0);
        Header().CopyTo(head, Sector);
        _table.CopyTo(head, TableAt);
        await _sink.WriteAsync(0, head, stop).ConfigureAwait(false);
        await _sink.CompleteAsync(_end + Sector, stop).ConfigureAwait(false);
    }

    private byte[] Header()
    {
        var header = new byte[HeaderSize];
        var h = header.AsSpan();
        "cxsparse"u8.CopyTo(h);
        BinaryPrimitives.WriteInt64BigEndian(h[8..], -1);
        BinaryPrimitives.WriteInt64BigEndian(h[16..], TableAt);
        BinaryPrimitives.WriteUInt32BigEndian(h[24..], 0x0001_0000);
        BinaryPrimitives.WriteInt32BigEndian(h[28..], (int)((Length + Block - 1) / Block));
        BinaryPrimitives.WriteInt32BigEndian(h[32..], Block);
        BinaryPrimitives.WriteUInt32BigEndian(h[36..], VhdFooter.Checksum(header, 36));
        return header;
    }
}

/// <summary>What makes one VHD differ from another of the same content.</summary>
/// <param name="Id">Of the disk.</param>
/// <param name="MadeAt">When it was made.</param>
internal sealed record VhdIdentity(Guid Id, DateTimeOffset MadeAt)
{
    /// <summary>The largest disk of the format, in bytes: 2040 GiB.</summary>
    public const long Most = 2040L << 30;

    private static readonly DateTimeOffset Epoch = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <exception cref="ArgumentOutOfRangeException">The format has no disk of this length.</exception>
    public byte[] Footer(VhdType type, long length)
    {
        if (length is < 0 or > Most || length % 512 != 0)
            throw new ArgumentOutOfRangeException(nameof(length), length, "A VHD holds a disk of whole sectors, of 2040 GiB at most.");
        var footer = new byte[VhdFooter.Size];
        var f = footer.AsSpan();
        "conectix"u8.CopyTo(f);
        BinaryPrimitives.WriteUInt32BigEndian(f[8..], 2);
        BinaryPrimitives.WriteUInt32BigEndian(f[12..], 0x0001_0000);
        BinaryPrimitives.WriteInt64BigEndian(f[16..], type is VhdType.Fixed ? -1 : VhdFooter.Size);
        BinaryPrimitives.WriteUInt32BigEndian(f[24..], (uint)Math.Clamp((MadeAt - Epoch).TotalSeconds, 0, uint.MaxValue));
        // Readers take the size for exact, and not the geometry, where this name stands.
        "win "u8.CopyTo(f[28..]);
        BinaryPrimitives.WriteUInt32BigEndian(f[32..], 0x0006_0001);
        "Wi2k"u8.CopyTo(f[36..]);
        BinaryPrimitives.WriteInt64BigEndian(f[40..], length);
        BinaryPrimitives.WriteInt64BigEndian(f[48..], length);
        WriteGeometry(f[56..], length / 512);
        BinaryPrimitives.WriteInt32BigEndian(f[60..], (int)type);
        Id.TryWriteBytes(f[68..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt32BigEndian(f[64..], VhdFooter.Checksum(footer, 64));
        return footer;
    }

    // The algorithm in the appendix of the specification.
    private static void WriteGeometry(Span<byte> at, long sectors)
    {
        sectors = Math.Min(sectors, 65535L * 16 * 255);
        long perTrack, heads, rest;
        if (sectors >= 65535L * 16 * 63) (perTrack, heads, rest) = (255, 16, sectors / 255);
        else
        {
            (perTrack, rest) = (17, sectors / 17);
            heads = Math.Max(4, (rest + 1023) / 1024);
            if (rest >= heads * 1024 || heads > 16) (perTrack, heads, rest) = (31, 16, sectors / 31);
            if (rest >= heads * 1024) (perTrack, heads, rest) = (63, 16, sectors / 63);
        }
        BinaryPrimitives.WriteUInt16BigEndian(at, (ushort)(rest / heads));
        (at[2], at[3]) = ((byte)heads, (byte)perTrack);
    }
}
