namespace EcsImages.Core.Disks;

/// <summary>Compares two disks, whatever holds them. What both know to be zeros is not read.</summary>
/// <remarks>Memory: 1 MiB for each piece under way; 16 MiB for all of them at most.</remarks>
internal sealed class DiskComparison
{
    private const int Piece = 512 * 1024;
    private readonly int _mostRanges;
    private readonly Action<long, long>? _each;
    private readonly List<(long Start, long Length)> _ranges = [];
    private long _bytes, _more, _lastEnd = -1;

    private DiskComparison(int mostRanges, Action<long, long>? each) => (_mostRanges, _each) = (mostRanges, each);

    /// <param name="one">A disk.</param>
    /// <param name="other">Another one.</param>
    /// <param name="mostRanges">How many ranges are kept. With 0 it ends at the first difference.</param>
    /// <param name="progress">Told how much is done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <param name="each">Told the start and length of everything that differs, in order, those beyond the ranges kept too.</param>
    public static async Task<DiskDifferences> RunAsync(
        IDisk one, IDisk other, int mostRanges, IProgress<DiskCopyProgress>? progress, CancellationToken stop, Action<long, long>? each = null)
    {
        var comparison = new DiskComparison(mostRanges, each);
        var total = Math.Max(one.Length, other.Length);
        long at = 0;
        await PieceWork.RunAsync(NextAsync, () => new ComparisonWorker(one, other, Piece, Take), PieceWork.Workers(2 * Piece), isInOrder: true, stop).ConfigureAwait(false);
        progress?.Report(new DiskCopyProgress(total, total));
        return new DiskDifferences(comparison._bytes, comparison._ranges, comparison._more);

        async ValueTask<DiskPiece?> NextAsync(CancellationToken token)
        {
            while (at < total && !comparison.IsDecided)
            {
                var zeros = await ZerosAsync(one, other, at, total, token).ConfigureAwait(false);
                at += zeros;
                if (zeros > 0) continue;
                var piece = new DiskPiece(at, (int)Math.Min(Piece, total - at));
                at = piece.End;
                return piece;
            }
            return null;
        }

        void Take(DiskPiece piece, List<(long, long)> found)
        {
            foreach (var (start, length) in found) comparison.Add(start, length);
            progress?.Report(new DiskCopyProgress(piece.End, total));
        }
    }

    private bool IsDecided => _mostRanges == 0 && Volatile.Read(ref _bytes) > 0;

    private void Add(long start, long length)
    {
        _bytes += length;
        _each?.Invoke(start, length);
        if (start == _lastEnd && _more == 0 && _ranges.Count > 0) _ranges[^1] = (_ranges[^1].Start, _ranges[^1].Length + length);
        else if (start != _lastEnd && _ranges.Count < _mostRanges) _ranges.Add((start, length));
        else if (start != _lastEnd) _more++;
        _lastEnd = start + length;
    }

    private static async ValueTask<long> ZerosAsync(IDisk one, IDisk other, long at, long total, CancellationToken stop)
    {
        var zeros = total - at;
        foreach (var disk in (IDisk[])[one, other])
        {
            if (at >= disk.Length) continue;
            var range = await disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            if (!range.IsZero) return 0;
            // At the end of the shorter disk, zeros go on.
            if (range.End < disk.Length) zeros = Math.Min(zeros, range.Length);
        }
        return zeros;
    }
}
