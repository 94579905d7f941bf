using System.Diagnostics;
using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Work;

/// <summary>One work while its lease is held here.</summary>
internal sealed class WorkRun(Database database, DiskContents contents, ByteWork work, string owner, CancellationToken stop) : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);
    private readonly CancellationTokenSource _lost = CancellationTokenSource.CreateLinkedTokenSource(stop);
    private long _shownAt = Stopwatch.GetTimestamp();

    public ByteWork Work => work;

    /// <summary>What is worked on; for what goes wrong with it.</summary>
    public int Number { get; private set; }

    /// <summary>Is cancelled with the worker, and where the work turns out to be cancelled or somebody else's.</summary>
    public CancellationToken Stop => _lost.Token;

    public ContentSource Open(ByteWorkDisk disk, long length)
    {
        Number = disk.Number;
        return new ContentSource(database, contents.Folder, disk.Source, length, disk.File);
    }

    /// <summary>How long a content is, in bytes.</summary>
    public long LengthOf(string content)
    {
        using var session = database.Read();
        return ContentRows.FindLive(session.Transaction.Connection!, session.Transaction, content)?.Length
            ?? throw new ContentDamagedException(content, contents.Folder.FileOf(content), "the database has no such content");
    }

    public NewContent Begin(long atMost) => new(database, contents, atMost);

    /// <summary>Where the file of a complete content lies.</summary>
    public string PathOf(string content) => contents.Folder.FileOf(content);

    /// <summary>Commits a step, if the work is still there and held here; throws that it was cancelled, if not.</summary>
    public void Commit(Action<Session> step)
    {
        using var store = database.Write();
        if (!ByteWorkRows.IsHeld(store, work, owner)) _lost.Cancel();
        Stop.ThrowIfCancellationRequested();
        step(store);
        store.Commit();
    }

    /// <summary>Tells how far a disk is every now and then, and looks whether the work is still to be done.</summary>
    public IProgress<DiskCopyProgress> Telling(ByteWorkDisk disk, long start) => new Teller(this, disk, start);

    public void Dispose() => _lost.Dispose();

    private void Tell(ByteWorkDisk disk, long done)
    {
        if (Stopwatch.GetElapsedTime(_shownAt) < Step) return;
        _shownAt = Stopwatch.GetTimestamp();
        Commit(s => ByteWorkRows.Show(s, work, disk, done));
    }

    private sealed class Teller(WorkRun run, ByteWorkDisk disk, long start) : IProgress<DiskCopyProgress>
    {
        public void Report(DiskCopyProgress value) => run.Tell(disk, start + value.Done);
    }
}
