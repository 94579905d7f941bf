using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Ecs.Exports;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Work;

/// <summary>Moves bytes in the background of an endpoint, one work after another, for as long as there is any that no other process is at.</summary>
/// <remarks>
/// No timer drives it: whoever calls the endpoint while bytes are on their way has it look. A process that is killed frees its lock, and
/// with it the lease: the next look, in any process, goes on behind what was committed.
/// </remarks>
internal sealed class ByteWorker(Database database, DiskContents contents, Action<string, Exception>? failed = null) : IAsyncDisposable
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private readonly CancellationTokenSource _stop = new();
    private readonly object _gate = new();
    private Task _loop = Task.CompletedTask;
    private bool _isRunning;
    private bool _looksAgain;
    private bool _isClosed;

    /// <summary>Has it look for work, if it is not at work already.</summary>
    public void Look()
    {
        lock (_gate)
        {
            _looksAgain = true;
            if (_isClosed || _isRunning) return;
            _isRunning = true;
            _loop = Task.Run(LoopAsync, CancellationToken.None);
        }
    }

    /// <summary>Goes on with what an ended process has left, if it has left anything.</summary>
    public void LookAfterOpening()
    {
        using var session = database.Read();
        if (ByteWorkRows.FirstPlannedEnd(session) is not null) Look();
    }

    /// <summary>Ends when nothing more is to be done here.</summary>
    public Task QuietAsync()
    {
        lock (_gate) return _loop;
    }

    /// <summary>Waits for that for a moment: a clock that runs fast, or by polls alone, shall not leave the bytes far behind.</summary>
    public async Task WaitAsync(CancellationToken stop)
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(stop);
        await Task.WhenAny(QuietAsync(), Task.Delay(Moment, moment.Token)).ConfigureAwait(false);
        await moment.CancelAsync().ConfigureAwait(false);
        stop.ThrowIfCancellationRequested();
    }

    public async ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            if (_isClosed) return;
            _isClosed = true;
        }
        await _stop.CancelAsync().ConfigureAwait(false);
        await QuietAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task LoopAsync()
    {
        var goesOn = true;
        while (goesOn)
        {
            lock (_gate) _looksAgain = false;
            goesOn = await TryStepAsync().ConfigureAwait(false) is { } isDone && GoesOn(isDone);
        }
    }

    // Asked together with the end of running: a look in between is not lost.
    private bool GoesOn(bool isDone)
    {
        lock (_gate) return _isRunning = isDone || _looksAgain;
    }

    // Null where it is no use to go on now.
    private async Task<bool?> TryStepAsync()
    {
        var canGoOn = false;
        try
        {
            var isDone = await StepAsync().ConfigureAwait(false);
            canGoOn = true;
            return isDone;
        }
        catch (Exception e) when (e is SqliteException or IOException or UnauthorizedAccessException)
        {
            // No space, a busy database: whoever looks next tries it again.
            failed?.Invoke("bytes", e);
            return null;
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            if (!canGoOn)
                lock (_gate) _isRunning = false;
        }
    }

    // Whether there was something to do.
    private async Task<bool> StepAsync()
    {
        var owner = await contents.OwnAsync(_stop.Token).ConfigureAwait(false);
        if (ByteWorkRows.Claim(database, contents.Folder, owner) is not { } work) return false;
        using var run = new WorkRun(database, contents, work, owner, _stop.Token);
        try
        {
            if (work.Action == ImportImage.Action) await ImportBytes.RunAsync(run).ConfigureAwait(false);
            else await ExportBytes.RunAsync(run).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!_stop.IsCancellationRequested)
        {
            // Cancelled, or somebody else's by now.
        }
        catch (Exception e) when (e is DiskFormatException or ContentDamagedException)
        {
            Fail(run, e.Message);
        }
#pragma warning disable CA1031 // The edge of the background: a defect fails the task, and is reported to the hook, instead of being tried for ever.
        catch (Exception e) when (e is not (OutOfMemoryException or OperationCanceledException or SqliteException or IOException or UnauthorizedAccessException))
#pragma warning restore CA1031
        {
            failed?.Invoke(work.Task, e);
            Fail(run, $"{e.GetType().Name} in {work.Action}.");
        }
        contents.Collect(_stop.Token);
        return true;
    }

    private static void Fail(WorkRun run, string message)
    {
        try
        {
            run.Commit(s =>
            {
                if (run.Work.Action == ImportImage.Action) ImportBytes.Fail(s, run.Work, run.Number, message);
                else ByteWorkRows.Fail(s, run.Work, run.Number, ExportImage.Failed, message);
            });
        }
        catch (OperationCanceledException)
        {
            // It was cancelled meanwhile, or is tried again when the endpoint opens next.
        }
    }
}
