namespace EcsImages.Core.Disks.Qcow2;

/// <summary>Finds the clusters of a disk that a QCOW2 file of it has to store.</summary>
/// <remarks>Memory: 1 MiB for each piece that is looked through; 16 MiB for all of them at most.</remarks>
internal static class StoredClusters
{
    private const int Cluster = Qcow2Header.UsualClusterSize, Piece = 16 * Cluster;

    /// <param name="disk">The disk.</param>
    /// <param name="findsZeros">Whether what the disk stores is read too, so that clusters of zeros are left out; without it only its map counts.</param>
    /// <param name="progress">Told how much is done.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task<ClusterBitmap> FindAsync(IDisk disk, bool findsZeros, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var found = new ClusterBitmap((disk.Length + Cluster - 1) / Cluster);
        var pieces = new DataPieces(disk, disk.Length, Cluster, Piece);
        if (findsZeros) await PieceWork.RunAsync(pieces.NextAsync, () => new Worker(disk, found, progress), PieceWork.Workers(Piece), isInOrder: true, stop).ConfigureAwait(false);
        else
            while (await pieces.NextAsync(stop).ConfigureAwait(false) is { } piece)
            {
                for (var at = piece.Start; at < piece.End; at += Cluster) found.Set(at / Cluster);
                progress?.Report(new DiskCopyProgress(piece.End, disk.Length));
            }
        progress?.Report(new DiskCopyProgress(disk.Length, disk.Length));
        return found;
    }

    private sealed class Worker(IDisk disk, ClusterBitmap found, IProgress<DiskCopyProgress>? progress) : IPieceWorker
    {
        private readonly byte[] _bytes = GC.AllocateUninitializedArray<byte>(Piece);
        private DiskPiece _piece;

        public async ValueTask WorkAsync(DiskPiece piece, CancellationToken stop)
        {
            _piece = piece;
            await disk.ReadAsync(piece.Start, _bytes.AsMemory(0, piece.Length), stop).ConfigureAwait(false);
            for (var at = 0; at < piece.Length; at += Cluster)
                if (_bytes.AsSpan(at, Math.Min(Cluster, piece.Length - at)).ContainsAnyExcept((byte)0)) found.Set((piece.Start + at) / Cluster);
        }

        public ValueTask FinishAsync(CancellationToken stop)
        {
            progress?.Report(new DiskCopyProgress(_piece.End, disk.Length));
            return ValueTask.CompletedTask;
        }
    }
}
