using System.Runtime.ExceptionServices;

namespace EcsImages.Core.Disks;

/// <summary>Work on the pieces of a disk: by several workers at once, handed over in the order of the pieces where that matters.</summary>
internal static class PieceWork
{
    private const long MostMemory = 16 * 1024 * 1024;

    /// <summary>How many workers there are: one more than processors, so that one may wait for its turn; no more than fit in 16 MiB, but two.</summary>
    /// <param name="memory">Of one worker, in bytes.</param>
    public static int Workers(long memory) => (int)Math.Max(2, Math.Min(Environment.ProcessorCount + 1, MostMemory / memory));

    /// <param name="next">The next piece; null at the end. It is never asked by two at once.</param>
    /// <param name="worker">Makes a worker; not asked for more than have something to do.</param>
    /// <param name="workers">How many there are at most.</param>
    /// <param name="isInOrder">Whether each hands over only when the pieces before its own have been; else when it likes, several at once.</param>
    /// <param name="stop">Ends the work.</param>
    public static async Task RunAsync(Func<CancellationToken, ValueTask<DiskPiece?>> next, Func<IPieceWorker> worker, int workers, bool isInOrder, CancellationToken stop)
    {
        using var failure = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var asking = new SemaphoreSlim(1);
        var token = failure.Token;
        var last = Task.CompletedTask;
        ExceptionDispatchInfo? first = null;
        await Task.WhenAll(Enumerable.Range(0, workers).Select(_ => Task.Run(WorkAsync, CancellationToken.None))).ConfigureAwait(false);
        first?.Throw();

        async Task WorkAsync()
        {
            try
            {
                for (IPieceWorker? own = null; ;)
                {
                    var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    if (await TakeAsync(done.Task).ConfigureAwait(false) is not var (piece, before)) return;
                    await (own ??= worker()).WorkAsync(piece, token).ConfigureAwait(false);
                    if (isInOrder) await before.WaitAsync(token).ConfigureAwait(false);
                    await own.FinishAsync(token).ConfigureAwait(false);
                    done.SetResult();
                }
            }
            catch (Exception e)
            {
                // What the others say then is that they were stopped.
                Interlocked.CompareExchange(ref first, ExceptionDispatchInfo.Capture(e), null);
                await failure.CancelAsync().ConfigureAwait(false);
            }
        }

        async ValueTask<(DiskPiece Piece, Task Before)?> TakeAsync(Task done)
        {
            await asking.WaitAsync(token).ConfigureAwait(false);
            try
            {
                if (await next(token).ConfigureAwait(false) is not { } piece) return null;
                var before = last;
                last = done;
                return (piece, before);
            }
            finally
            {
                asking.Release();
            }
        }
    }
}
