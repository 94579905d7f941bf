namespace EcsImages.Core.Disks;

/// <summary>One of several that work on the pieces of a disk, with memory of its own.</summary>
internal interface IPieceWorker
{
    /// <summary>Works on a piece, while others work on theirs.</summary>
    ValueTask WorkAsync(DiskPiece piece, CancellationToken stop);

    /// <summary>Hands over what came of the piece; where the order matters, when those before it have been.</summary>
    ValueTask FinishAsync(CancellationToken stop);
}
