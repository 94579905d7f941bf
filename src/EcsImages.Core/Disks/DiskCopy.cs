namespace EcsImages.Core.Disks;

/// <summary>How far a copy is.</summary>
/// <param name="Done">Of the disk, in bytes, holes included.</param>
/// <param name="Total">Of the disk, in bytes.</param>
internal readonly record struct DiskCopyProgress(long Done, long Total);

/// <summary>Copies the content of a disk into another format. What is zeros is neither written nor, where the source knows it, read.</summary>
/// <remarks>Memory: 2 MiB for each of the pieces under way, of which there are twice as many as processors, at most 16; and as much again where blocks are packed.</remarks>
internal static class DiskCopy
{
    private const int Piece = 2 * 1024 * 1024;

    public static async Task RunAsync(IDisk from, IDiskWriter to, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var most = Math.Clamp(2 * Environment.ProcessorCount, 2, 16);
        var underWay = new Queue<Task<CopyPiece>>(most);
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(stop);
        try
        {
            for (long at = 0; at < to.Length;)
            {
                var range = await RangeAtAsync(from, to, at, stop).ConfigureAwait(false);
                if (range.IsZero)
                {
                    at = range.End;
                    continue;
                }
                var (start, length) = (at, (int)Math.Min(Piece, range.Length));
                at += length;
                underWay.Enqueue(Task.Run(() => CopyPiece.ReadAsync(from, to, start, length, failure.Token), failure.Token));
                if (underWay.Count < most) continue;
                await WriteNextAsync().ConfigureAwait(false);
            }
            while (underWay.Count > 0) await WriteNextAsync().ConfigureAwait(false);
            await to.CompleteAsync(stop).ConfigureAwait(false);
            progress?.Report(new DiskCopyProgress(to.Length, to.Length));
        }
        finally
        {
            await failure.CancelAsync().ConfigureAwait(false);
            foreach (var piece in underWay) await ((Task)piece).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        async Task WriteNextAsync()
        {
            var next = underWay.Dequeue();
            using var piece = await next.ConfigureAwait(false);
            await piece.WriteAsync(to, stop).ConfigureAwait(false);
            progress?.Report(new DiskCopyProgress(piece.End, to.Length));
        }
    }

    // Widened to whole blocks of the target: a block with a single byte in it is written as a whole.
    private static async ValueTask<DiskRange> RangeAtAsync(IDisk from, IDiskWriter to, long at, CancellationToken stop)
    {
        if (at >= from.Length) return new DiskRange(at, to.Length - at, IsZero: true);
        var end = Math.Min(from.Length, to.Length);
        var isZero = (await from.RangeAtAsync(at, stop).ConfigureAwait(false)).IsZero;
        var next = at;
        while (next < end && next - at < Piece * 16L)
        {
            var range = await from.RangeAtAsync(next, stop).ConfigureAwait(false);
            if (range.IsZero != isZero) break;
            next = Math.Min(end, range.End);
        }
        if (isZero)
        {
            var whole = next == end ? next : next / to.BlockSize * to.BlockSize;
            if (whole > at) return new DiskRange(at, whole - at, IsZero: true);
            next = at;
        }
        var wide = Math.Min(to.Length, Math.Max(next + to.BlockSize - 1, at + to.BlockSize) / to.BlockSize * to.BlockSize);
        return new DiskRange(at, wide - at, IsZero: false);
    }
}
