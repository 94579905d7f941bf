using System.Buffers.Binary;
using System.Text;
using EcsImages.Core.Disks;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>Writes the bytes of a disk as the one file in a tar that is compressed by gzip.</summary>
/// <remarks>One member, as most readers expect; yet each MiB of it is packed by itself, several at once.</remarks>
internal sealed class TarGzWriter(IByteSink sink, long length, string name) : IDiskWriter
{
    private const int Block = 1 << 20, Record = 512, MostName = 100;
    private const long MostOctal = 8L << 30;
    private GzipBlock? _zeros;
    private long _at;           // of the disk
    private long _unpacked;     // of the archive
    private uint _crc;
    private long _end;          // of the file

    public DiskFormat Format => DiskFormat.Raw;

    public long Length => length;

    public int BlockSize => Block;

    // What the file ends with is a checksum of its bytes, which is not at hand where they come packed.
    public BlockPacker? Packer => null;

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        await FillAsync(offset, stop).ConfigureAwait(false);
        var blocks = new List<Task<GzipBlock>>();
        for (var at = 0; at < bytes.Length; at += Block)
        {
            var block = bytes.Slice(at, Math.Min(Block, bytes.Length - at));
            blocks.Add(Task.Run(() => GzipBlock.Pack(block.Span), stop));
        }
        foreach (var packed in await Task.WhenAll(blocks).ConfigureAwait(false)) await AppendAsync(packed, stop).ConfigureAwait(false);
        _at = offset + bytes.Length;
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await FillAsync(length, stop).ConfigureAwait(false);
        // The file is filled up to whole records, and two empty ones end the tar.
        await AppendAsync(GzipBlock.Pack(new byte[(Record - length % Record) % Record + 2 * Record]), stop).ConfigureAwait(false);
        await AppendAsync(GzipBlock.End(_crc, _unpacked), stop).ConfigureAwait(false);
        await sink.CompleteAsync(_end, stop).ConfigureAwait(false);
    }

    private async ValueTask FillAsync(long to, CancellationToken stop)
    {
        if (_end == 0)
        {
            await AppendAsync(GzipBlock.Begin, stop).ConfigureAwait(false);
            await AppendAsync(GzipBlock.Pack(Header()), stop).ConfigureAwait(false);
        }
        for (; _at < to; _at += Block)
        {
            var zeros = to - _at < Block ? GzipBlock.Pack(new byte[to - _at]) : _zeros ??= GzipBlock.Pack(new byte[Block]);
            await AppendAsync(zeros, stop).ConfigureAwait(false);
        }
        _at = to;
    }

    private async ValueTask AppendAsync(GzipBlock block, CancellationToken stop)
    {
        _crc = Crc32.Combine(_crc, block.Crc, block.Length);
        _unpacked += block.Length;
        await AppendAsync(block.Packed, stop).ConfigureAwait(false);
    }

    private async ValueTask AppendAsync(ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        await sink.WriteAsync(_end, bytes, stop).ConfigureAwait(false);
        _end += bytes.Length;
    }

    // ustar, as POSIX has it; a size that is too large for its octal digits in binary, as GNU has it.
    private byte[] Header()
    {
        var header = new byte[Record];
        var encoded = Encoding.UTF8.GetBytes(name);
        encoded.AsSpan(0, Math.Min(encoded.Length, MostName)).CopyTo(header);
        Octal(100, 8, 0x1A4);
        Octal(108, 8, 0);
        Octal(116, 8, 0);
        if (length < MostOctal) Octal(124, 12, length);
        else
        {
            header[124] = 0x80;
            BinaryPrimitives.WriteInt64BigEndian(header.AsSpan(128), length);
        }
        Octal(136, 12, 0);
        header[156] = (byte)'0';
        "ustar\0"u8.CopyTo(header.AsSpan(257));
        "00"u8.CopyTo(header.AsSpan(263));
        header.AsSpan(148, 8).Fill((byte)' ');
        Octal(148, 7, header.Sum(static b => b));
        return header;

        void Octal(int at, int width, long value) =>
            Encoding.ASCII.GetBytes(Convert.ToString(value, 8).PadLeft(width - 1, '0')).CopyTo(header, at);
    }
}
