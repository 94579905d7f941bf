using System.Buffers;

namespace EcsImages.Core.Disks;

/// <summary>What two disks have in common, and what not.</summary>
/// <param name="DifferentBytes">In sectors that differ; beyond its end a disk is zeros here.</param>
/// <param name="Ranges">Where they lie, in order: whole sectors, neighbours together, as many as were asked for.</param>
/// <param name="MoreRanges">How many more there are.</param>
internal sealed record DiskDifferences(long DifferentBytes, IReadOnlyList<(long Start, long Length)> Ranges, long MoreRanges);

/// <summary>Compares two disks, whatever holds them. What both know to be zeros is not read.</summary>
/// <remarks>Memory: 4 MiB for each of the pieces under way, of which there are twice as many as processors, at most 8.</remarks>
internal sealed class DiskComparison
{
    private const int Piece = 2 * 1024 * 1024, Sector = 512;
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
        var most = Math.Clamp(2 * Environment.ProcessorCount, 2, 8);
        var underWay = new Queue<(long End, Task<List<(long, long)>> Piece)>(most);
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            for (long at = 0; at < total && !comparison.IsDecided;)
            {
                var zeros = await ZerosAsync(one, other, at, total, stop).ConfigureAwait(false);
                if (zeros > 0)
                {
                    at += zeros;
                    continue;
                }
                var (start, length) = (at, (int)Math.Min(Piece, total - at));
                at += length;
                underWay.Enqueue((at, Task.Run(() => CompareAsync(one, other, start, length, failure.Token), failure.Token)));
                if (underWay.Count == most) await TakeAsync().ConfigureAwait(false);
            }
            while (underWay.Count > 0 && !comparison.IsDecided) await TakeAsync().ConfigureAwait(false);
            progress?.Report(new DiskCopyProgress(total, total));
            return new DiskDifferences(comparison._bytes, comparison._ranges, comparison._more);
        }
        finally
        {
            await failure.CancelAsync().ConfigureAwait(false);
            foreach (var (_, piece) in underWay) await ((Task)piece).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task TakeAsync()
        {
            var (end, piece) = underWay.Dequeue();
            foreach (var (start, length) in await piece.ConfigureAwait(false)) comparison.Add(start, length);
            progress?.Report(new DiskCopyProgress(end, total));
        }
    }

    private bool IsDecided => _mostRanges == 0 && _bytes > 0;

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

    private static async Task<List<(long Start, long Length)>> CompareAsync(IDisk one, IDisk other, long start, int length, CancellationToken stop)
    {
        var (left, right) = (ArrayPool<byte>.Shared.Rent(length), ArrayPool<byte>.Shared.Rent(length));
        try
        {
            await ReadAsync(one, start, left.AsMemory(0, length), stop).ConfigureAwait(false);
            await ReadAsync(other, start, right.AsMemory(0, length), stop).ConfigureAwait(false);
            return Find(left.AsSpan(0, length), right.AsSpan(0, length), start);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(left);
            ArrayPool<byte>.Shared.Return(right);
        }
    }

    private static async ValueTask ReadAsync(IDisk disk, long start, Memory<byte> buffer, CancellationToken stop)
    {
        var held = (int)Math.Clamp(disk.Length - start, 0, buffer.Length);
        if (held > 0) await disk.ReadAsync(start, buffer[..held], stop).ConfigureAwait(false);
        buffer.Span[held..].Clear();
    }

    private static List<(long Start, long Length)> Find(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, long start)
    {
        var found = new List<(long Start, long Length)>();
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
            found.Add((start + from, at - from));
        }
        return found;
    }
}
