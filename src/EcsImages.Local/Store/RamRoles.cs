using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A RAM role of an account.</summary>
internal sealed record RamRole
{
    public required string Id { get; init; }

    public required string Account { get; init; }

    public required string Name { get; init; }

    /// <summary>The policy that says who may assume it.</summary>
    public required string Trust { get; init; }

    public string Description { get; init; } = "";

    public int MaxSessionSeconds { get; init; } = 3600;

    public DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Its resource name; the service writes the name in lower case there.</summary>
    public string Arn => $"acs:ram::{Account}:role/{Name.ToLowerInvariant()}";
}

/// <summary>A policy that a role has.</summary>
/// <param name="Type">System or Custom.</param>
/// <param name="Policy">Its name.</param>
/// <param name="AttachedAt">When it was given to the role.</param>
internal sealed record RamAttachment(string Type, string Policy, DateTimeOffset AttachedAt);

/// <summary>The roles of the endpoint's accounts.</summary>
internal static class RamRoles
{
    public static RamRole? Find(Session session, string accountId, string name) => session.Single(
        "SELECT * FROM ram_role WHERE account = $account AND name = $name", Read, ("account", accountId), ("name", name));

    public static RamRole? ById(Session session, string id) => session.Single("SELECT * FROM ram_role WHERE id = $id", Read, ("id", id));

    /// <summary>Those behind a name, in the order of their names.</summary>
    public static List<RamRole> After(Session session, string accountId, string name, int most) => session.List(
        "SELECT * FROM ram_role WHERE account = $account AND name > $name ORDER BY name LIMIT $most", Read,
        ("account", accountId), ("name", name), ("most", most));

    public static void Put(Session session, RamRole role) => session.Execute(
        """
        INSERT INTO ram_role VALUES ($id, $account, $name, $trust, $description, $seconds, $created, $updated)
        ON CONFLICT (id) DO UPDATE SET trust = $trust, description = $description, max_session_seconds = $seconds, updated_at = $updated
        """,
        ("id", role.Id), ("account", role.Account), ("name", role.Name), ("trust", role.Trust), ("description", role.Description),
        ("seconds", role.MaxSessionSeconds), ("created", role.CreatedAt.Milliseconds()), ("updated", role.UpdatedAt.Milliseconds()));

    /// <summary>The policies that a role has, those given first first.</summary>
    public static List<RamAttachment> Policies(Session session, RamRole role) => session.List(
        "SELECT * FROM ram_attachment WHERE role = $role ORDER BY attached_at, policy",
        static r => new RamAttachment(r.Text("type"), r.Text("policy"), r.Time("attached_at")), ("role", role.Id));

    /// <summary>False where the role has it already.</summary>
    public static bool Attach(Session session, RamRole role, string type, string policy) => session.Execute(
        "INSERT OR IGNORE INTO ram_attachment VALUES ($role, $type, $policy, $now)",
        ("role", role.Id), ("type", type), ("policy", policy), ("now", session.Now.Milliseconds())) > 0;

    /// <summary>False where the role does not have it.</summary>
    public static bool Detach(Session session, RamRole role, string type, string policy) => session.Execute(
        "DELETE FROM ram_attachment WHERE role = $role AND type = $type AND policy = $policy", ("role", role.Id), ("type", type), ("policy", policy)) > 0;

    private static RamRole Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        Name = row.Text("name"),
        Trust = row.Text("trust"),
        Description = row.Text("description"),
        MaxSessionSeconds = row.Int("max_session_seconds"),
        CreatedAt = row.Time("created_at"),
        UpdatedAt = row.Time("updated_at"),
    };
}
