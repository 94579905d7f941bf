using EcsImages.Core;
using EcsImages.Core.Acs;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>The accounts of the endpoint, each with one access key.</summary>
internal static class Accounts
{
    private const string Columns = "SELECT name, id, access_key_id, access_key_secret FROM account ";

    public static LocalAccount? ByKey(Session session, string accessKeyId) =>
        session.Single(Columns + "WHERE access_key_id = $key", Read, ("key", accessKeyId));

    public static LocalAccount? ByName(Session session, string name) =>
        session.Single(Columns + "WHERE name = $name OR id = $name ORDER BY id = $name DESC LIMIT 1", Read, ("name", name));

    public static IReadOnlyList<LocalAccount> All(Session session) => session.List(Columns + "ORDER BY name", Read);

    public static bool Exists(Session session, string id) =>
        session.Scalar<long>("SELECT count(*) FROM account WHERE id = $id", ("id", id)) > 0;

    /// <exception cref="ArgumentException">No name for an account.</exception>
    public static LocalAccount Open(Database database, string name)
    {
        if (!IsName(name))
            throw new ArgumentException($"'{name}' is no account name: 1 to 64 letters, digits, '-', '_' or '.'.");
        using (var reading = database.Read())
        {
            if (ByName(reading, name) is { } known) return known;
        }
        using var session = database.Write();
        if (ByName(session, name) is { } other) return other;
        var account = new LocalAccount(name, IdFor(session, name), new AcsCredential(Ids.AccessKeyId(), Ids.AccessKeySecret()));
        session.Execute("INSERT INTO account VALUES ($id, $name, $key, $secret, $now)",
            ("id", account.AccountId), ("name", name), ("key", account.Credential.AccessKeyId),
            ("secret", account.Credential.AccessKeySecret), ("now", session.Now.ToUnixTimeMilliseconds()));
        if (database.HasServiceRoles) UsualRoles.Make(session, account.AccountId);
        session.Commit();
        return account;
    }

    private static string IdFor(Session session, string name)
    {
        if (name.Length == 16 && name.All(char.IsAsciiDigit)) return name;
        string id;
        do id = Ids.AccountId(); while (Exists(session, id));
        return id;
    }

    public static bool IsName(string name) =>
        name.Length is >= 1 and <= 64 && name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');

    private static LocalAccount Read(SqliteDataReader row) =>
        new(row.GetString(0), row.GetString(1), new AcsCredential(row.GetString(2), row.GetString(3)));
}
