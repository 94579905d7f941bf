namespace EcsImages.Core.Disks;

/// <summary>Reads pieces of two disks, and finds the sectors that differ.</summary>
/// <param name="one">A disk.</param>
/// <param name="other">Another one.</param>
/// <param name="most">Of a piece, in bytes.</param>
/// <param name="take">Takes what was found in a piece.</param>
internal sealed class ComparisonWorker(IDisk one, IDisk other, int most, Action<DiskPiece, List<(long Start, long Length)>> take) : IPieceWorker
{
    private const int Sector = 512;
    private readonly byte[] _left = GC.AllocateUninitializedArray<byte>(most), _right = GC.AllocateUninitializedArray<byte>(most);
    private readonly List<(long Start, long Length)> _found = [];
    private DiskPiece _piece;

    public async ValueTask WorkAsync(DiskPiece piece, CancellationToken stop)
    {
        _piece = piece;
        _found.Clear();
        await ReadAsync(one, _left.AsMemory(0, piece.Length), stop).ConfigureAwait(false);
        await ReadAsync(other, _right.AsMemory(0, piece.Length), stop).ConfigureAwait(false);
        Find(_left.AsSpan(0, piece.Length), _right.AsSpan(0, piece.Length));
    }

    public ValueTask FinishAsync(CancellationToken stop)
    {
        take(_piece, _found);
        return ValueTask.CompletedTask;
    }

    private async ValueTask ReadAsync(IDisk disk, Memory<byte> buffer, CancellationToken stop)
    {
        var held = (int)Math.Clamp(disk.Length - _piece.Start, 0, buffer.Length);
        if (held > 0) await disk.ReadAsync(_piece.Start, buffer[..held], stop).ConfigureAwait(false);
        buffer.Span[held..].Clear();
    }

    private void Find(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        for (var at = 0; at < left.Length;)
        {
            at += left[at..].CommonPrefixLength(right[at..]);
            if (at == left.Length) break;
            at = at / Sector * Sector;
            var from = at;
            while (at < left.Length)
            {
                var size = Math.Min(Sector, left.Length - at);
                if (left.Slice(at, size).SequenceEqual(right.Slice(at, size))) break;
                at += size;
            }
            _found.Add((_piece.Start + from, at - from));
        }
    }
}
