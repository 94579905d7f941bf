namespace EcsImages.Core.Disks;

/// <summary>Reads pieces of a disk, looks through them for blocks of zeros, packs the others where the target packs, and writes them.</summary>
internal sealed class CopyWorker(IDisk from, IDiskWriter to, IProgress<DiskCopyProgress>? progress) : IPieceWorker
{
    // Small enough for the cache of a processor: what is read is still there when it is written.
    private const int Usual = 512 * 1024, UsualPacked = 256 * 1024;

    // What the runtime's zlib was seen to keep for each thread that packs.
    private const long Zlib = 5 * 512 * 1024;
    private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(PieceFor(to));
    private readonly byte[] _packed = to.Packer is { } packer ? GC.AllocateUninitializedArray<byte>(PieceFor(to) / to.BlockSize * packer.Room) : [];
    private readonly List<(int At, int Length, Memory<byte> Packed)> _blocks = [];
    private DiskPiece _piece;

    /// <summary>How long a piece is at most, in bytes; less where packing takes the time.</summary>
    public static int PieceFor(IDiskWriter to) => Math.Max(to.BlockSize, to.Packer is null ? Usual : UsualPacked);

    /// <summary>The memory of one worker, in bytes.</summary>
    public static long MemoryFor(IDiskWriter to) => PieceFor(to) + (to.Packer is { } packer ? PieceFor(to) / to.BlockSize * (long)packer.Room + Zlib : 0);

    public async ValueTask WorkAsync(DiskPiece piece, CancellationToken stop)
    {
        _piece = piece;
        _blocks.Clear();
        var held = (int)Math.Clamp(from.Length - piece.Start, 0, piece.Length);
        await from.ReadAsync(piece.Start, _bytes.AsMemory(0, held), stop).ConfigureAwait(false);
        _bytes.AsSpan(held, piece.Length - held).Clear();
        var packedEnd = 0;
        for (var at = 0; at < piece.Length; at += to.BlockSize)
        {
            stop.ThrowIfCancellationRequested();
            var block = _bytes.AsSpan(at, Math.Min(to.BlockSize, piece.Length - at));
            if (block.ContainsAnyExcept((byte)0)) packedEnd += Add(at, block, packedEnd);
        }
    }

    public async ValueTask FinishAsync(CancellationToken stop)
    {
        foreach (var (at, length, packed) in _blocks)
            await to.WriteAsync(_piece.Start + at, packed.IsEmpty ? _bytes.AsMemory(at, length) : packed, !packed.IsEmpty, stop).ConfigureAwait(false);
        progress?.Report(new DiskCopyProgress(_piece.End, to.Length));
    }

    private int Add(int at, ReadOnlySpan<byte> block, int packedEnd)
    {
        if (to.Packer is { } packer && packer.Pack(block, new ArraySegment<byte>(_packed, packedEnd, packer.Room)) is > 0 and var size)
        {
            _blocks.Add((at, block.Length, _packed.AsMemory(packedEnd, size)));
            return size;
        }
        // Neighbours that go out as they are go out together.
        if (_blocks.Count > 0 && _blocks[^1] is { Packed.IsEmpty: true } last && last.At + last.Length == at)
            _blocks[^1] = (last.At, last.Length + block.Length, default);
        else _blocks.Add((at, block.Length, default));
        return 0;
    }
}
