using System.Buffers;
using System.Runtime.CompilerServices;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>Finds the clusters of a disk that a QCOW2 file of it has to store.</summary>
/// <remarks>Memory: 1 MiB for each processor, at most 8.</remarks>
internal static class StoredClusters
{
    private const int Cluster = Qcow2Header.UsualClusterSize, Piece = 16 * Cluster, MostAtOnce = 8;

    /// <param name="disk">The disk.</param>
    /// <param name="findsZeros">Whether what the disk stores is read too, so that clusters of zeros are left out; without it only its map counts.</param>
    /// <param name="progress">Told how much is done.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<ClusterBitmap> FindAsync(IDisk disk, bool findsZeros, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var found = new ClusterBitmap((disk.Length + Cluster - 1) / Cluster);
        var (told, most) = (new object(), 0L);
        if (findsZeros)
        {
            var workers = new ParallelOptions { MaxDegreeOfParallelism = Math.Min(Environment.ProcessorCount, MostAtOnce), CancellationToken = stop };
            await Parallel.ForEachAsync(PiecesAsync(disk, Piece, stop), workers, async (piece, token) =>
            {
                await LookAsync(disk, piece.Start, (int)(piece.End - piece.Start), found, token).ConfigureAwait(false);
                Tell(piece.End);
            }).ConfigureAwait(false);
        }
        else
            await foreach (var (start, end) in PiecesAsync(disk, long.MaxValue, stop).ConfigureAwait(false))
            {
                for (var at = start; at < end; at += Cluster) found.Set(at / Cluster);
                Tell(end);
            }
        Tell(disk.Length);
        return found;

        void Tell(long done)
        {
            lock (told)
                if (done > most) progress?.Report(new DiskCopyProgress(most = done, disk.Length));
        }
    }

    private static async ValueTask LookAsync(IDisk disk, long start, int length, ClusterBitmap found, CancellationToken stop)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Piece);
        try
        {
            await disk.ReadAsync(start, bytes.AsMemory(0, length), stop).ConfigureAwait(false);
            for (var at = 0; at < length; at += Cluster)
                if (bytes.AsSpan(at, Math.Min(Cluster, length - at)).ContainsAnyExcept((byte)0)) found.Set((start + at) / Cluster);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    // Whole clusters that hold more than known zeros, in order; the last one ends with the disk.
    private static async IAsyncEnumerable<(long Start, long End)> PiecesAsync(IDisk disk, long most, [EnumeratorCancellation] CancellationToken stop)
    {
        for (long at = 0; at < disk.Length;)
        {
            var range = await disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            var end = Math.Min(disk.Length, (range.End + Cluster - 1) / Cluster * Cluster);
            if (range.IsZero)
            {
                var whole = range.End == end ? end : range.End / Cluster * Cluster;
                // What is left of it is the head of a cluster that goes on with something else.
                if (whole == at && await HasDataAsync(disk, range.End, end, stop).ConfigureAwait(false)) yield return (at, end);
                at = whole == at ? end : whole;
                continue;
            }
            for (; end - at > most; at += most) yield return (at, at + most);
            yield return (at, end);
            at = end;
        }
    }

    private static async ValueTask<bool> HasDataAsync(IDisk disk, long at, long end, CancellationToken stop)
    {
        while (at < end)
        {
            var range = await disk.RangeAtAsync(at, stop).ConfigureAwait(false);
            if (!range.IsZero) return true;
            at = range.End;
        }
        return false;
    }
}
