using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Tests.Contents;

/// <summary>A fresh folder with a database that has the tables of contents and of their users.</summary>
internal sealed class ContentFixture : IDisposable
{
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 8, 0, 0, TimeSpan.Zero);
    public static readonly IReadOnlyList<ContentReference> References = [new("disk", "content_id"), new("snapshot", "content_id")];
    private readonly string _root = Directory.CreateTempSubdirectory("ecs-contents-").FullName;

    public ContentFixture()
    {
        Folder = new ContentFolder(Path.Combine(_root, "blobs"));
        Owner = ContentOwner.Open(Folder);
        Db = Connect();
        Migrations.Apply(Db, _root);
        Run("INSERT INTO account VALUES ('1234567890123456', 'main', 'key', 'secret', 0)");
    }

    public ContentFolder Folder { get; }

    public ContentOwner Owner { get; }

    public SqliteConnection Db { get; }

    public string Root => _root;

    public ContentCollector Collector => new(Folder, Owner, References);

    /// <summary>Another connection, as another process would have it.</summary>
    public SqliteConnection Connect()
    {
        var db = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(_root, "ecs.db"),
            ForeignKeys = true,
            Pooling = false,
        }.ToString());
        db.Open();
        using var command = db.CreateCommand();
        command.CommandText = "PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 5000;";
        command.ExecuteNonQuery();
        return db;
    }

    public ContentWriter Begin(long length, ContentOwner? owner = null, SqliteConnection? db = null) =>
        ContentWriter.Begin(db ?? Db, Folder, owner ?? Owner, length, Now);

    /// <summary>Completes and publishes together with a disk of that name; without a name nothing refers to it.</summary>
    public async Task<string> PublishAsync(ContentWriter writer, string? disk = null)
    {
        await writer.CompleteAsync(CancellationToken.None);
        using var transaction = Db.BeginTransaction();
        writer.Publish(transaction);
        if (disk is not null)
            ContentRows.Run(Db, transaction,
                """
                INSERT INTO disk (id, account, region, zone, type, category, size_gib, created_at, started_at, duration_ms, content_id)
                VALUES (@id, '1234567890123456', 'cn-hangzhou', 'cn-hangzhou-h', 'system', 'cloud_essd', 40, 0, 0, 0, @content)
                """, ("@id", disk), ("@content", writer.Id));
        transaction.Commit();
        return writer.Id;
    }

    public async Task<string> StoreAsync(long length, long offset, byte[] bytes, string? disk = null)
    {
        await using var writer = Begin(length);
        await writer.WriteAsync(offset, bytes, CancellationToken.None);
        return await PublishAsync(writer, disk);
    }

    public ContentReader Open(string id) => ContentReader.Open(Db, null, Folder, id);

    public void Run(string sql) => ContentRows.Run(Db, null, sql);

    public long Count(string from)
    {
        using var command = ContentRows.Command(Db, null, "SELECT count(*) FROM " + from);
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>The files of contents, finished or not.</summary>
    public IReadOnlySet<string> Files => Folder.ListContents();

    public void Dispose()
    {
        Db.Dispose();
        Owner.Dispose();
        Directory.Delete(_root, recursive: true);
    }
}
