using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace EcsImages.Core.Disks.Vmdk;

/// <summary>Writes a stream-optimized VMDK: compressed grains, behind each 32 MiB of the disk their table, the directory and the footer at the end.</summary>
/// <remarks>Memory: a table of grains, and an eighth of a byte for each MiB of the disk.</remarks>
internal sealed class StreamVmdkWriter : IDiskWriter
{
    private const int Sector = 512, Grain = 64 * 1024, GrainHead = 12, PerTable = 512, DescriptorSize = 20 * Sector, HeadSize = 128 * Sector;
    /// <summary>The largest disk that is written, in bytes: 2 TiB less a grain, so that each grain's place is a number of 32 bits.</summary>
    public const long Most = (2L << 40) - Grain;

    private const long PerRegion = (long)Grain * PerTable;
    private readonly IByteSink _sink;
    private readonly uint _id;
    private readonly string _name;
    private readonly byte[] _directory;
    private readonly byte[] _table = new byte[PerTable * 4];
    private readonly byte[] _grain;
    private long _region = -1;
    private bool _isRegionUsed;
    private long _end = HeadSize;

    public StreamVmdkWriter(IByteSink sink, long length, uint id, string name, CompressionLevel compression)
    {
        (_sink, Length, _id, _name) = (sink, length, id, name);
        Packer = new BlockPacker(Grain, compression, hasZlibFrame: true);
        _grain = new byte[Align(GrainHead + Packer.Room)];
        _directory = new byte[checked((int)(((length + PerRegion - 1) / PerRegion * 4 + Sector - 1) / Sector * Sector))];
    }

    public DiskFormat Format => DiskFormat.Vmdk;

    public long Length { get; }

    public int BlockSize => Grain;

    /// <summary>A grain is always compressed, also where it does not become smaller.</summary>
    public BlockPacker? Packer { get; }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        if (!isPacked) throw new InvalidOperationException("A grain is compressed before it is written.");
        await EnterAsync(offset / PerRegion, stop).ConfigureAwait(false);
        var length = Align(GrainHead + bytes.Length);
        BinaryPrimitives.WriteInt64LittleEndian(_grain, offset / Sector);
        BinaryPrimitives.WriteInt32LittleEndian(_grain.AsSpan(8), bytes.Length);
        bytes.CopyTo(_grain.AsMemory(GrainHead));
        _grain.AsSpan(GrainHead + bytes.Length, length - GrainHead - bytes.Length).Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(_table.AsSpan((int)(offset % PerRegion / Grain) * 4), checked((uint)(_end / Sector)));
        _isRegionUsed = true;
        await AppendAsync(_grain.AsMemory(0, length), stop).ConfigureAwait(false);
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await EnterAsync(long.MaxValue, stop).ConfigureAwait(false);
        await AppendAsync(Marker(_directory.Length / Sector, 2), stop).ConfigureAwait(false);
        var directoryAt = _end;
        await AppendAsync(_directory, stop).ConfigureAwait(false);
        await AppendAsync(Marker(1, 3), stop).ConfigureAwait(false);
        await AppendAsync(Header(directoryAt / Sector), stop).ConfigureAwait(false);
        await AppendAsync(Marker(0, 0), stop).ConfigureAwait(false);
        var head = new byte[HeadSize];
        Header(-1).CopyTo(head, 0);
        Descriptor().CopyTo(head, Sector);
        await _sink.WriteAsync(0, head, stop).ConfigureAwait(false);
        await _sink.CompleteAsync(_end, stop).ConfigureAwait(false);
    }

    private async ValueTask EnterAsync(long region, CancellationToken stop)
    {
        if (region == _region) return;
        if (_isRegionUsed)
        {
            await AppendAsync(Marker(_table.Length / Sector, 1), stop).ConfigureAwait(false);
            BinaryPrimitives.WriteUInt32LittleEndian(_directory.AsSpan((int)_region * 4), checked((uint)(_end / Sector)));
            await AppendAsync(_table, stop).ConfigureAwait(false);
            Array.Clear(_table);
            _isRegionUsed = false;
        }
        _region = region;
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await _sink.WriteAsync(_end, bytes, stop).ConfigureAwait(false);
        _end += bytes.Length;
    }

    private byte[] Header(long directory)
    {
        var header = new byte[Sector];
        var h = header.AsSpan();
        "KDMV"u8.CopyTo(h);
        BinaryPrimitives.WriteUInt32LittleEndian(h[4..], 3);
        // A valid test of line ends, compressed grains, and markers.
        BinaryPrimitives.WriteUInt32LittleEndian(h[8..], 0x30001);
        BinaryPrimitives.WriteInt64LittleEndian(h[12..], Length / Sector);
        BinaryPrimitives.WriteInt64LittleEndian(h[20..], Grain / Sector);
        BinaryPrimitives.WriteInt64LittleEndian(h[28..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(h[36..], DescriptorSize / Sector);
        BinaryPrimitives.WriteUInt32LittleEndian(h[44..], PerTable);
        BinaryPrimitives.WriteInt64LittleEndian(h[56..], directory);
        BinaryPrimitives.WriteInt64LittleEndian(h[64..], HeadSize / Sector);
        "\n \r\n"u8.CopyTo(h[73..]);
        BinaryPrimitives.WriteUInt16LittleEndian(h[77..], 1);
        return header;
    }

    private byte[] Descriptor()
    {
        var cylinders = Math.Min(65535, Length / Sector / (255 * 63));
        var text = string.Create(CultureInfo.InvariantCulture, $"""
            # Disk DescriptorFile
            version=1
            CID={_id:x8}
            parentCID=ffffffff
            createType="streamOptimized"

            # Extent description
            RW {Length / Sector} SPARSE "{_name}"

            # The Disk Data Base
            #DDB
            ddb.adapterType = "lsilogic"
            ddb.geometry.cylinders = "{cylinders}"
            ddb.geometry.heads = "255"
            ddb.geometry.sectors = "63"
            ddb.virtualHWVersion = "4"

            """);
        var bytes = new byte[DescriptorSize];
        Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\n")).CopyTo(bytes, 0);
        return bytes;
    }

    private static byte[] Marker(long sectors, uint type)
    {
        var marker = new byte[Sector];
        BinaryPrimitives.WriteInt64LittleEndian(marker, sectors);
        BinaryPrimitives.WriteUInt32LittleEndian(marker.AsSpan(12), type);
        return marker;
    }

    private static int Align(int bytes) => (bytes + Sector - 1) / Sector * Sector;
}
