using EcsImages.Local.Contents;
using EcsImages.Local.Contents.Synthetic;

namespace EcsImages.Local.Tests.Contents;

public sealed class ContentCrossProcessTests : IDisposable
{
    private readonly ContentFixture _store = new();

    public void Dispose() => _store.Dispose();

    [TheoryWithTools("flock", "true")]
    [InlineData(true)]
    [InlineData(false)]
    public void Another_process_sees_whether_a_lock_is_held(bool held)
    {
        var path = _store.Folder.LockFile(_store.Owner.Name);
        if (!held)
        {
            path = _store.Folder.LockFile(ContentFolder.NewLockName());
            File.WriteAllText(path, "");
        }
        Assert.Equal(held ? 1 : 0, Tool.Run("flock", "-n", path, "true").ExitCode);
    }

    [TheoryWithTools("flock", "sleep")]
    [InlineData(false)]
    [InlineData(true)]
    public void What_another_process_writes_is_left_alone_until_that_process_is_killed(bool complete)
    {
        var name = ContentFolder.NewLockName();
        var id = ContentFolder.NewId();
        // It says so once it holds the lock.
        using var other = Tool.Start("flock", _store.Folder.LockFile(name), "sh", "-c", "echo held; exec sleep 600");
        Assert.Equal("held", other.StandardOutput.ReadLine());
        ContentRows.InsertPending(_store.Db, id, name, MiB.Size, ContentFixture.Now);
        File.WriteAllText(complete ? _store.Folder.FileOf(id) : _store.Folder.UnfinishedFileOf(id), "bytes");
        Assert.Equal(0, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Equal([id], _store.Files);

        other.Kill(entireProcessTree: true);
        other.StandardOutput.ReadToEnd();       // ends when the last process that held the lock has
        other.WaitForExit();
        Assert.Equal(1, _store.Collector.Sweep(_store.Db, CancellationToken.None));
        Assert.Empty(_store.Files);
    }

    [Fact]
    public async Task Two_processes_that_make_the_same_disk_at_once_end_with_one()
    {
        var disk = new SyntheticDisk
        {
            Seed = "m-1",
            SizeGiB = 1,
            OsType = "linux",
            BootMode = "UEFI",
            Architecture = "x86_64",
            Label = "root",
        };
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            using var owner = ContentOwner.Open(_store.Folder);
            using var db = _store.Connect();
            return await new SyntheticContents(_store.Folder, owner).ObtainAsync(db, disk, ContentFixture.Now, CancellationToken.None);
        })));

        Assert.Single(ids.Distinct());
        Assert.Equal([ids[0]], _store.Files);
        Assert.Equal(1, _store.Count("content"));
    }
}
