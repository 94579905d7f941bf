using EcsImages.Core;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>The file ecs.db in the endpoint's folder: opens it, brings it up to date, hands out sessions.</summary>
internal sealed class Database : IDisposable
{
    private readonly string _connectionString;

    private Database(LocalEndpointOptions options)
    {
        Folder = options.Path;
        Clock = options.Clock;
        Speed = options.Speed;
        HasServiceRoles = options.HasServiceRoles;
        _connectionString = new SqliteConnectionStringBuilder
        {
            DataSource = Path.Combine(Folder, "ecs.db"),
            ForeignKeys = true,
            DefaultTimeout = 10,
            Pooling = true,
        }.ToString();
    }

    public string Folder { get; }

    public TimeProvider Clock { get; }

    public double Speed { get; }

    /// <summary>Whether new accounts have the roles of imports and exports.</summary>
    public bool HasServiceRoles { get; }

    /// <exception cref="LocalEndpointException">The folder cannot be used.</exception>
    public static Database Open(LocalEndpointOptions options)
    {
        if (!double.IsFinite(options.Speed) || options.Speed <= 0)
            throw new LocalEndpointException("LocalFolderInvalid", $"The speed {options.Speed} is not a number above 0.");
        CreateFolder(options.Path);
        var database = new Database(options);
        try
        {
            using var connection = database.Connect();
            if (Pragma(connection, "PRAGMA journal_mode = WAL") is not "wal")
                throw new LocalEndpointException("LocalFolderInvalid",
                    $"The folder {database.Folder} cannot hold a write-ahead log; network folders cannot. Choose one on a local disk.");
            Migrations.Apply(connection, database.Folder);
            return database;
        }
        catch (SqliteException e)
        {
            database.Dispose();
            throw StoreFault.Explain(e, database.Folder);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A transaction that sees one state of everything and changes nothing.</summary>
    public Session Read() => Begin(writes: false);

    /// <summary>A transaction that may change things; only one at a time, in all processes.</summary>
    public Session Write() => Begin(writes: true);

    public void Dispose()
    {
        using var connection = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(connection);
    }

    private Session Begin(bool writes)
    {
        var connection = Connect();
        try
        {
            return new Session(this, connection, connection.BeginTransaction(deferred: !writes), writes);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>A connection outside of any transaction; contents need one.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        try
        {
            connection.Open();
            // FULL: what was acknowledged survives a power cut.
            Pragma(connection, "PRAGMA busy_timeout = 10000; PRAGMA synchronous = FULL");
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static object? Pragma(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants of this class.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    private static void CreateFolder(string folder)
    {
        if (!Path.IsPathFullyQualified(folder))
            throw new LocalEndpointException("LocalFolderInvalid", $"The folder {folder} is not an absolute path.");
        if (File.Exists(folder))
            throw new LocalEndpointException("LocalFolderInvalid", $"{folder} is a file; the embedded endpoint needs a folder.");
        try
        {
            // The folder holds access keys and disk contents: nobody else's business.
            if (OperatingSystem.IsWindows()) Directory.CreateDirectory(folder);
            else Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new LocalEndpointException("LocalFolderReadOnly", $"The folder {folder} cannot be created: access is denied. Choose another.", e);
        }
        catch (IOException e)
        {
            throw new LocalEndpointException("LocalFolderInvalid", $"The folder {folder} cannot be created: {e.Message}", e);
        }
    }
}
