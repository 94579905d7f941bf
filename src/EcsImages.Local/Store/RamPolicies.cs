namespace EcsImages.Local.Store;

/// <summary>A policy that can be attached.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">System or Custom.</param>
/// <param name="Document">What it says.</param>
/// <param name="Description">What its maker says of it.</param>
/// <param name="CreatedAt">Null for the service's own, whose dates are not known here.</param>
internal sealed record RamPolicyRow(string Name, string Type, string Document, string Description, DateTimeOffset? CreatedAt);

/// <summary>The policies of an account, and those of the service.</summary>
internal static class RamPolicies
{
    public const string System = "System", Custom = "Custom";

    /// <summary>Null where there is none of that type and name.</summary>
    public static RamPolicyRow? Find(Session session, string accountId, string type, string name) => type == System
        ? Ram.SystemPolicies.Find(name)
        : session.Single("SELECT * FROM ram_policy WHERE account = $account AND name = $name",
            static r => new RamPolicyRow(r.Text("name"), Custom, r.Text("document"), r.Text("description"), r.Time("created_at")),
            ("account", accountId), ("name", name));

    /// <summary>False where the name is taken.</summary>
    public static bool Insert(Session session, string accountId, RamPolicyRow policy) => session.Execute(
        "INSERT OR IGNORE INTO ram_policy VALUES ($account, $name, $document, $description, $now)",
        ("account", accountId), ("name", policy.Name), ("document", policy.Document), ("description", policy.Description),
        ("now", session.Now.Milliseconds())) > 0;

    /// <summary>How many roles have it.</summary>
    public static long Attachments(Session session, string accountId, RamPolicyRow policy) => session.Scalar<long>(
        "SELECT count(*) FROM ram_attachment a JOIN ram_role r ON r.id = a.role WHERE r.account = $account AND a.type = $type AND a.policy = $name",
        ("account", accountId), ("type", policy.Type), ("name", policy.Name));
}
