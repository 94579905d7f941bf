namespace EcsImages.Core.Disks;

/// <summary>The blocks that were unpacked last, for reads smaller than a block; at most 8 MiB, or one block.</summary>
internal sealed class UnpackedBlocks
{
    private const int Most = 8 * 1024 * 1024;
    private readonly Dictionary<long, LinkedListNode<(long Start, byte[] Bytes)>> _byStart = [];
    private readonly LinkedList<(long Start, byte[] Bytes)> _byUse = [];
    private long _bytes;
    private byte[]? _free;

    /// <summary>Copies from a block that is kept; false where it is not.</summary>
    public bool TryCopy(long start, int at, Span<byte> part)
    {
        lock (_byUse)
        {
            if (!_byStart.TryGetValue(start, out var node)) return false;
            node.Value.Bytes.AsSpan(at, part.Length).CopyTo(part);
            _byUse.Remove(node);
            _byUse.AddLast(node);
            return true;
        }
    }

    /// <summary>Room for a block that may be kept, of one that no longer is where there is any.</summary>
    public byte[] Room(long length)
    {
        lock (_byUse)
        {
            var free = _free;
            _free = null;
            return free?.Length == length ? free : GC.AllocateUninitializedArray<byte>(checked((int)length));
        }
    }

    public void Keep(long start, byte[] bytes)
    {
        lock (_byUse)
        {
            if (_byStart.ContainsKey(start)) return;
            while (_byUse.First is { } oldest && _bytes + bytes.Length > Most)
            {
                _byUse.Remove(oldest);
                _byStart.Remove(oldest.Value.Start);
                _bytes -= oldest.Value.Bytes.Length;
                _free = oldest.Value.Bytes;
            }
            _byStart.Add(start, _byUse.AddLast((start, bytes)));
            _bytes += bytes.Length;
        }
    }
}
