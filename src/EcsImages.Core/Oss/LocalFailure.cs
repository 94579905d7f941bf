using System.Runtime.ExceptionServices;

namespace EcsImages.Core.Oss;

/// <summary>Keeps failures of this machine's files apart from those of the connection, which would be tried again: one of them ends all parts.</summary>
internal sealed class LocalFailure : IDisposable
{
    private readonly CancellationToken _stop;
    private readonly CancellationTokenSource _end;
    private ExceptionDispatchInfo? _what;

    public LocalFailure(CancellationToken stop) => (_stop, _end) = (stop, CancellationTokenSource.CreateLinkedTokenSource(stop));

    /// <summary>Reads or writes a file of this machine.</summary>
    public async ValueTask GuardAsync(ValueTask work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Interlocked.CompareExchange(ref _what, ExceptionDispatchInfo.Capture(e), null);
            await _end.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>The same, for what is done at once.</summary>
    public async ValueTask GuardAsync(Action work) => await GuardAsync(RunAsync(work)).ConfigureAwait(false);

    /// <summary>Does something for each of so many parts, several at a time.</summary>
    /// <exception cref="OperationCanceledException">The caller wants to stop.</exception>
    public async Task ForEachAsync(IEnumerable<int> parts, int parallel, Func<int, CancellationToken, ValueTask> work)
    {
        try
        {
            await Parallel.ForEachAsync(parts, new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = _end.Token }, work).ConfigureAwait(false);
        }
        catch (Exception) when (_what is not null && !_stop.IsCancellationRequested)
        {
            _what.Throw();
            throw;
        }
    }

    public void Dispose() => _end.Dispose();

    private static ValueTask RunAsync(Action work)
    {
        try
        {
            work();
            return ValueTask.CompletedTask;
        }
        catch (Exception e)
        {
            return ValueTask.FromException(e);
        }
    }
}
