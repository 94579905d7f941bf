using System.Globalization;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>One transaction, and the time that holds in it.</summary>
internal sealed class Session : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteTransaction _transaction;
    private readonly bool _isView;

    public Session(Database database, SqliteConnection connection, SqliteTransaction transaction, bool writes)
    {
        (Database, _connection, _transaction, Writes) = (database, connection, transaction, writes);
        Now = StoreClock.Read(this, database.Clock);
    }

    private Session(Session whole, DateTimeOffset now)
    {
        (Database, _connection, _transaction, Writes, _isView) = (whole.Database, whole._connection, whole._transaction, whole.Writes, true);
        Now = now;
    }

    public Database Database { get; }

    public bool Writes { get; }

    /// <summary>For contents, which become live in it.</summary>
    public SqliteTransaction Transaction => _transaction;

    /// <summary>Never below any time that a transaction has committed.</summary>
    public DateTimeOffset Now { get; }

    /// <summary>How long work takes here that takes that many seconds at speed 1; in milliseconds.</summary>
    public long Duration(double seconds) => (long)Math.Ceiling(Math.Max(0, seconds) * 1000 / Database.Speed);

    /// <summary>Runs a statement; parameters are $a, $b by name. Answers how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    public T? Scalar<T>(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is { } value and not DBNull
            ? (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture)
            : default;
    }

    public T? Single<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters) where T : class
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        return rows.Read() ? read(rows) : null;
    }

    public List<T> List<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var rows = command.ExecuteReader();
        var list = new List<T>();
        while (rows.Read()) list.Add(read(rows));
        return list;
    }

    /// <summary>The same transaction as of an earlier time, for what was due then. To commit and to dispose is left to the whole.</summary>
    public Session At(DateTimeOffset time) => new(this, time <= Now ? time : throw new ArgumentOutOfRangeException(nameof(time), time, "It lies ahead."));

    /// <summary>Does work that changes either all it means to, or nothing.</summary>
    public T Attempt<T>(Func<T> work)
    {
        const string Savepoint = "attempt";
        _transaction.Save(Savepoint);
        var isDone = false;
        try
        {
            var result = work();
            isDone = true;
            return result;
        }
        finally
        {
            if (!isDone) _transaction.Rollback(Savepoint);
            _transaction.Release(Savepoint);
        }
    }

    public void Commit()
    {
        if (_isView) throw new InvalidOperationException("A view of a transaction does not commit it.");
        if (Writes) StoreClock.Keep(this);
        _transaction.Commit();
    }

    /// <summary>Without a commit before, everything is undone.</summary>
    public void Dispose()
    {
        if (_isView) return;
        _transaction.Dispose();
        _connection.Dispose();
    }

    private SqliteCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.Transaction = _transaction;
#pragma warning disable CA2100 // Every value travels as a parameter; the texts are built from constants.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters) command.Parameters.AddWithValue("$" + name, value ?? DBNull.Value);
        return command;
    }
}
