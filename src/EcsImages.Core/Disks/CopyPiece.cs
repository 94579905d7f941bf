using System.Buffers;

namespace EcsImages.Core.Disks;

/// <summary>A piece of a disk on its way: read, looked through for blocks of zeros, and packed where the target packs.</summary>
internal sealed class CopyPiece : IDisposable
{
    private readonly byte[] _buffer;
    private readonly long _start;
    private readonly int _length;
    private readonly List<(int At, int Length, byte[]? Packed)> _blocks = [];

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
            await to.WriteAsync(_start + at, packed ?? _buffer.AsMemory(at, length), packed is not null, stop).ConfigureAwait(false);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Look(IDiskWriter to, CancellationToken stop)
    {
        for (var at = 0; at < _length; at += to.BlockSize)
        {
            stop.ThrowIfCancellationRequested();
            var block = _buffer.AsSpan(at, Math.Min(to.BlockSize, _length - at));
            if (!block.ContainsAnyExcept((byte)0)) continue;
            var packed = to.Packs ? to.Pack(block) : null;
            // Neighbours that go out as they are go out together.
            if (packed is null && _blocks.Count > 0 && _blocks[^1] is { Packed: null } last && last.At + last.Length == at)
                _blocks[^1] = (last.At, last.Length + block.Length, null);
            else _blocks.Add((at, block.Length, packed));
        }
    }
}
