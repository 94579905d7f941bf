using System.Buffers;

namespace EcsImages.Core.Disks;

/// <summary>A piece of a disk on its way: read, looked through for blocks of zeros, and packed where the target packs.</summary>
internal sealed class CopyPiece : IDisposable
{
    private readonly byte[] _buffer;
    private byte[]? _packed;
    private readonly long _start;
    private readonly int _length;
    private readonly List<(int At, int Length, Memory<byte> Packed)> _blocks = [];

    private CopyPiece(long start, int length) => (_start, _length, _buffer) = (start, length, ArrayPool<byte>.Shared.Rent(length));

    /// <summary>The byte of the disk behind it.</summary>
    public long End => _start + _length;

    public static async Task<CopyPiece> ReadAsync(IDisk from, IDiskWriter to, long start, int length, CancellationToken stop)
    {
        var piece = new CopyPiece(start, length);
        var isRead = false;
        try
        {
            var stored = (int)Math.Clamp(from.Length - start, 0, length);
            await from.ReadAsync(start, piece._buffer.AsMemory(0, stored), stop).ConfigureAwait(false);
            piece._buffer.AsSpan(stored, length - stored).Clear();
            piece.Look(to, stop);
            isRead = true;
            return piece;
        }
        finally
        {
            if (!isRead) piece.Dispose();
        }
    }

    public async ValueTask WriteAsync(IDiskWriter to, CancellationToken stop)
    {
        foreach (var (at, length, packed) in _blocks)
            await to.WriteAsync(_start + at, packed.IsEmpty ? _buffer.AsMemory(at, length) : packed, !packed.IsEmpty, stop).ConfigureAwait(false);
    }

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        if (_packed is not null) ArrayPool<byte>.Shared.Return(_packed);
    }

    private void Look(IDiskWriter to, CancellationToken stop)
    {
        var packedEnd = 0;
        for (var at = 0; at < _length; at += to.BlockSize)
        {
            stop.ThrowIfCancellationRequested();
            var block = _buffer.AsSpan(at, Math.Min(to.BlockSize, _length - at));
            if (!block.ContainsAnyExcept((byte)0)) continue;
            if (to.Packer is { } packer && Pack(packer, _length / to.BlockSize + 1, block, packedEnd) is { IsEmpty: false } packed)
            {
                _blocks.Add((at, block.Length, packed));
                packedEnd += packed.Length;
            }
            // Neighbours that go out as they are go out together.
            else if (_blocks.Count > 0 && _blocks[^1] is { Packed.IsEmpty: true } last && last.At + last.Length == at)
                _blocks[^1] = (last.At, last.Length + block.Length, default);
            else _blocks.Add((at, block.Length, default));
        }
    }

    // One behind the other, in a buffer that has room for all blocks of the piece.
    private Memory<byte> Pack(BlockPacker packer, int blocks, ReadOnlySpan<byte> block, int at)
    {
        _packed ??= ArrayPool<byte>.Shared.Rent(blocks * packer.Room);
        return _packed.AsMemory(at, packer.Pack(block, new ArraySegment<byte>(_packed, at, packer.Room)));
    }
}
