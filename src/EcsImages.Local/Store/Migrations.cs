using System.Globalization;
using EcsImages.Core;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>Brings a database forward, one numbered script after another; user_version says how far it is.</summary>
internal static class Migrations
{
    private static readonly (int Number, string Resource)[] Scripts =
    [
        .. typeof(Migrations).Assembly.GetManifestResourceNames()
            .Where(static n => n.StartsWith("migrations/", StringComparison.Ordinal))
            .Select(static n => (int.Parse(n.AsSpan("migrations/".Length, 4), CultureInfo.InvariantCulture), n))
            .OrderBy(static s => s.Item1),
    ];

    public static int Latest => Scripts[^1].Number;

    public static void Apply(SqliteConnection connection, string folder)
    {
        if (Version(connection, null) == Latest) return;
        // The lock is taken first and the version read again: two processes may open a new folder at once.
        using var transaction = connection.BeginTransaction(deferred: false);
        var version = Version(connection, transaction);
        if (version > Latest)
            throw new LocalEndpointException("LocalFolderNewer",
                $"The folder {folder} was written by a newer version of the module (schema {version}, this one knows {Latest}). Update the module.");
        foreach (var (number, resource) in Scripts.Where(s => s.Number > version))
            Execute(connection, transaction, Read(resource) + $"\nPRAGMA user_version = {number};");
        transaction.Commit();
    }

    private static int Version(SqliteConnection connection, SqliteTransaction? transaction)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "PRAGMA user_version";
        return Convert.ToInt32(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // The text is an embedded script of ours.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }

    private static string Read(string resource)
    {
        using var reader = new StreamReader(typeof(Migrations).Assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}
