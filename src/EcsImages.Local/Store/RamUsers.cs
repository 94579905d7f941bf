using EcsImages.Core;
using EcsImages.Core.Acs;
using EcsImages.Core.Ram;
using EcsImages.Local.Dispatch;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A RAM user: an identity within an account, with a key of its own.</summary>
/// <param name="Id">18 digits.</param>
/// <param name="Account">The account, with the user's name and key.</param>
internal sealed record RamUser(string Id, LocalAccount Account)
{
    /// <summary>Its resource name.</summary>
    public string Arn => $"acs:ram::{Account.AccountId}:user/{Account.UserName}";
}

/// <summary>The RAM users of the endpoint's accounts, each with one access key and one policy.</summary>
internal static class RamUsers
{
    private const string Columns = """
        SELECT u.id, a.name, a.id, u.access_key_id, u.access_key_secret, u.name FROM ram_user u JOIN account a ON a.id = u.account
        """ + " ";

    public static RamUser? ByKey(Session session, string accessKeyId) =>
        session.Single(Columns + "WHERE u.access_key_id = $key", Read, ("key", accessKeyId));

    public static RamUser? ById(Session session, string id) => session.Single(Columns + "WHERE u.id = $id", Read, ("id", id));

    /// <summary>The user's policy document; null if it has none.</summary>
    public static string? PolicyOf(Session session, string userId) =>
        session.Scalar<string>("SELECT policy FROM ram_user WHERE id = $id", ("id", userId));

    /// <exception cref="ArgumentException">No name for an account or a user.</exception>
    /// <exception cref="RamPolicyException">No policy, or one that the endpoint cannot judge by.</exception>
    public static LocalAccount Open(Database database, string accountName, string name, string? policyDocument)
    {
        if (!Accounts.IsName(name)) throw new ArgumentException($"'{name}' is no user name: 1 to 64 letters, digits, '-', '_' or '.'.");
        if (policyDocument is not null) RequestContext.CheckJudgeable(RamPolicy.Parse(policyDocument));
        var account = Accounts.Open(database, accountName);
        using var session = database.Write();
        if (session.Scalar<string>("SELECT id FROM ram_user WHERE account = $account AND name = $name", ("account", account.AccountId), ("name", name)) is not { } id)
        {
            id = Ids.UserId();
            session.Execute("INSERT INTO ram_user VALUES ($id, $account, $name, $key, $secret, NULL, $now)",
                ("id", id), ("account", account.AccountId), ("name", name), ("key", Ids.AccessKeyId()), ("secret", Ids.AccessKeySecret()),
                ("now", session.Now.ToUnixTimeMilliseconds()));
        }
        if (policyDocument is not null) session.Execute("UPDATE ram_user SET policy = $policy WHERE id = $id", ("policy", policyDocument), ("id", id));
        var user = session.Single(Columns + "WHERE u.id = $id", Read, ("id", id))!;
        session.Commit();
        return user.Account;
    }

    private static RamUser Read(SqliteDataReader row) =>
        new(row.GetString(0), new LocalAccount(row.GetString(1), row.GetString(2), new AcsCredential(row.GetString(3), row.GetString(4))) { UserName = row.GetString(5) });
}
