using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using EcsImages.Core.Disks;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>Writes the bytes of a disk as the one file in a tar that is compressed by gzip: a member for each MiB.</summary>
/// <remarks>Members one after the other are one file for every reader (RFC 1952, 2.2), and each can be packed by itself.</remarks>
internal sealed class TarGzWriter(IByteSink sink, long length, string name) : IDiskWriter
{
    private const int Block = 1 << 20, Record = 512, MostName = 100;
    private const long MostOctal = 8L << 30;
    private byte[]? _zeros;
    private long _at;           // of the disk
    private long _end;          // of the file

    public DiskFormat Format => DiskFormat.Raw;

    public long Length => length;

    public int BlockSize => Block;

    public bool Packs => true;

    public byte[]? Pack(ReadOnlySpan<byte> block)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(block);
        return packed.ToArray();
    }

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        if (!isPacked) throw new InvalidOperationException("A block is packed before it is written.");
        await FillAsync(offset, stop).ConfigureAwait(false);
        await AppendAsync(bytes, stop).ConfigureAwait(false);
        _at = Math.Min(length, offset + Block);
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        await FillAsync(length, stop).ConfigureAwait(false);
        // The file is filled up to whole records, and two empty ones end the tar.
        await AppendAsync(Pack(new byte[(Record - length % Record) % Record + 2 * Record]), stop).ConfigureAwait(false);
        await sink.CompleteAsync(_end, stop).ConfigureAwait(false);
    }

    private async ValueTask FillAsync(long to, CancellationToken stop)
    {
        if (_end == 0) await AppendAsync(Pack(Header()), stop).ConfigureAwait(false);
        for (; _at < to; _at += Block)
        {
            var zeros = to - _at < Block ? Pack(new byte[to - _at]) : _zeros ??= Pack(new byte[Block]);
            await AppendAsync(zeros, stop).ConfigureAwait(false);
        }
        _at = Math.Max(_at, to);
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
