using System.Buffers.Binary;
using EcsImages.Core.Disks;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>Writes a dynamic VirtualBox disk image of version 1.1: blocks of 1 MiB, and the head with their map last.</summary>
/// <remarks>Source: VirtualBox's VDICore.h. Memory: 4 bytes for each MiB of the disk.</remarks>
internal sealed class VdiWriter : IDiskWriter
{
    private const int Block = 1 << 20, HeaderSize = 400, MapAt = 512;
    private const uint Free = 0xFFFF_FFFF;
    private readonly IByteSink _sink;
    private readonly Guid _id;
    private readonly uint[] _map;
    private readonly long _dataAt;
    private uint _count;

    public VdiWriter(IByteSink sink, long length, Guid id)
    {
        (_sink, Length, _id) = (sink, length, id);
        _map = new uint[checked((int)((length + Block - 1) / Block))];
        Array.Fill(_map, Free);
        _dataAt = (MapAt + _map.Length * 4L + Block - 1) / Block * Block;
    }

    public DiskFormat Format => DiskFormat.Vdi;

    public long Length { get; }

    public int BlockSize => Block;

    public BlockPacker? Packer => null;

    public async ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, bool isPacked, CancellationToken stop)
    {
        for (; !bytes.IsEmpty; offset += Block)
        {
            var block = bytes[..Math.Min(Block, bytes.Length)];
            await _sink.WriteAsync(_dataAt + (long)_count * Block, block, stop).ConfigureAwait(false);
            _map[offset / Block] = _count++;
            bytes = bytes[block.Length..];
        }
    }

    public async ValueTask CompleteAsync(CancellationToken stop)
    {
        var head = new byte[MapAt + _map.Length * 4];
        var h = head.AsSpan();
        "<<< Oracle VM VirtualBox Disk Image >>>\n"u8.CopyTo(h);
        Number(h, 64, 0xBEDA107F);
        Number(h, 68, 0x0001_0001);
        Number(h, 72, HeaderSize);
        Number(h, 76, 1);
        Number(h, 340, MapAt);
        Number(h, 344, checked((uint)_dataAt));
        Number(h, 360, 512);
        BinaryPrimitives.WriteInt64LittleEndian(h[368..], Length);
        Number(h, 376, Block);
        Number(h, 384, (uint)_map.Length);
        Number(h, 388, _count);
        _id.TryWriteBytes(h[392..]);
        for (var i = 0; i < _map.Length; i++) Number(h, MapAt + i * 4, _map[i]);
        await _sink.WriteAsync(0, head, stop).ConfigureAwait(false);
        await _sink.CompleteAsync(_dataAt + (long)_count * Block, stop).ConfigureAwait(false);

        static void Number(Span<byte> at, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(at[offset..], value);
    }
}
