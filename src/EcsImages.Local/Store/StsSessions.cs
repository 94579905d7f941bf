using System.Security.Cryptography;
using EcsImages.Core.Acs;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A session that STS has issued: the role, under a name of the session's own, until a time.</summary>
internal sealed record StsSession
{
    public required RamRole Role { get; init; }

    public required string Name { get; init; }

    /// <summary>Its key, with the token that it comes with, and its end.</summary>
    public required AcsCredential Credential { get; init; }

    /// <summary>Narrows what the role may do; null leaves it.</summary>
    public string? Policy { get; init; }

    public string Arn => $"acs:ram::{Role.Account}:assumed-role/{Role.Name.ToLowerInvariant()}/{Name}";

    /// <summary>The id of who acts: the role's, and the session's name.</summary>
    public string PrincipalId => $"{Role.Id}:{Name}";
}

/// <summary>The sessions of the endpoint.</summary>
internal static class StsSessions
{
    private const string Alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    // Kept for a while behind their end, so that who comes too late is told so.
    private static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    public static bool IsKeyId(string accessKeyId) => accessKeyId.StartsWith("STS.", StringComparison.Ordinal);

    public static StsSession Issue(Session session, RamRole role, string name, string? policy, int seconds)
    {
        session.Execute("DELETE FROM sts_session WHERE expires_at < $until", ("until", (session.Now - Kept).Milliseconds()));
        // Whole seconds, as they are told.
        var end = DateTimeOffset.FromUnixTimeSeconds(session.Now.ToUnixTimeSeconds() + seconds);
        var issued = new StsSession
        {
            Role = role,
            Name = name,
            Policy = policy,
            Credential = new AcsCredential("STS.N" + Random(23), Random(44), "CAIS" + Random(380), end),
        };
        session.Execute("INSERT INTO sts_session VALUES ($key, $secret, $token, $role, $name, $policy, $expires)",
            ("key", issued.Credential.AccessKeyId), ("secret", issued.Credential.AccessKeySecret), ("token", issued.Credential.SecurityToken),
            ("role", role.Id), ("name", name), ("policy", policy), ("expires", end.Milliseconds()));
        return issued;
    }

    /// <summary>The session of a key, also one that has ended not long ago.</summary>
    public static StsSession? ByKey(Session session, string accessKeyId) =>
        session.Single("SELECT * FROM sts_session WHERE access_key_id = $key", r => Read(session, r), ("key", accessKeyId));

    private static StsSession Read(Session session, SqliteDataReader row) => new()
    {
        Role = RamRoles.ById(session, row.Text("role"))!,
        Name = row.Text("name"),
        Policy = row.TextOrNull("policy"),
        Credential = new AcsCredential(row.Text("access_key_id"), row.Text("access_key_secret"), row.Text("security_token"), row.Time("expires_at")),
    };

    private static string Random(int length) => RandomNumberGenerator.GetString(Alphanumeric, length);
}
