namespace EcsImages.Core.Disks;

/// <summary>How far a copy is.</summary>
/// <param name="Done">Of the disk, in bytes, holes included.</param>
/// <param name="Total">Of the disk, in bytes.</param>
internal readonly record struct DiskCopyProgress(long Done, long Total);

/// <summary>Copies the content of a disk into another format. What is zeros is neither written nor, where the source knows it, read.</summary>
/// <remarks>Memory: for each piece under way 512 KiB, 3 MiB where blocks are packed; 16 MiB for all of them at most, besides the tables of both formats.</remarks>
internal static class DiskCopy
{
    public static async Task RunAsync(IDisk from, IDiskWriter to, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var pieces = new DataPieces(from, to.Length, to.BlockSize, CopyWorker.PieceFor(to));
        var furthest = progress is null ? null : new Furthest(progress);
        await PieceWork.RunAsync(pieces.NextAsync, () => new CopyWorker(from, to, furthest), PieceWork.Workers(CopyWorker.MemoryFor(to)), !to.TakesAnyOrder, stop).ConfigureAwait(false);
        await to.CompleteAsync(stop).ConfigureAwait(false);
        progress?.Report(new DiskCopyProgress(to.Length, to.Length));
    }

    /// <summary>Without an order, a piece may be done when those before it are not: progress goes on, and never back.</summary>
    private sealed class Furthest(IProgress<DiskCopyProgress> told) : IProgress<DiskCopyProgress>
    {
        private readonly object _one = new();
        private long _done;

        public void Report(DiskCopyProgress value)
        {
            lock (_one)
                if (value.Done > _done) told.Report(value with { Done = _done = value.Done });
        }
    }
}
