using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Store;

/// <summary>A launch template; its versions count from 1 and are never changed.</summary>
internal sealed record LaunchTemplateRow
{
    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string Name { get; init; }
    public string ResourceGroup { get; init; } = "";
    public long DefaultVersion { get; init; } = 1;
    public long LatestVersion { get; init; } = 1;
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset ModifiedAt { get; init; }

    /// <summary>An own template by its id or its name; by both, if both are given.</summary>
    public static LaunchTemplateRow? Find(Session session, string account, string region, string? id, string? name) => session.Single(
        """
        SELECT * FROM launch_template WHERE account = $account AND region = $region
        AND ($id IS NULL OR id = $id) AND ($name IS NULL OR name = $name) AND coalesce($id, $name) IS NOT NULL
        """, Read, ("account", account), ("region", region), ("id", id), ("name", name));

    public static int Count(Session session, string account, string region) => (int)session.Scalar<long>(
        "SELECT count(*) FROM launch_template WHERE account = $account AND region = $region", ("account", account), ("region", region));

    public static LaunchTemplateRow Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Name = row.Text("name"),
        ResourceGroup = row.Text("resource_group"),
        DefaultVersion = row.Long("default_version"),
        LatestVersion = row.Long("latest_version"),
        CreatedAt = row.Time("created_at"),
        ModifiedAt = row.Time("modified_at"),
    };

    public void Insert(Session session) => session.Execute(
        """
        INSERT INTO launch_template (id, account, region, name, resource_group, default_version, latest_version, created_at, modified_at)
        VALUES ($id, $account, $region, $name, $group, $default, $latest, $created, $modified)
        """, ("id", Id), ("account", Account), ("region", RegionId), ("name", Name), ("group", ResourceGroup), ("default", DefaultVersion),
        ("latest", LatestVersion), ("created", CreatedAt.Milliseconds()), ("modified", ModifiedAt.Milliseconds()));

    public IReadOnlyList<LaunchTemplateVersionRow> Versions(Session session) => session.List(
        "SELECT * FROM launch_template_version WHERE template = $id ORDER BY number DESC", LaunchTemplateVersionRow.Read, ("id", Id));

    public void Add(Session session, LaunchTemplateVersionRow version)
    {
        session.Execute("INSERT INTO launch_template_version VALUES ($template, $number, $description, $parameters, $created)",
            ("template", Id), ("number", version.Number), ("description", version.Description), ("parameters", version.Parameters),
            ("created", version.CreatedAt.Milliseconds()));
        session.Execute("UPDATE launch_template SET latest_version = $number, modified_at = $now WHERE id = $id",
            ("number", version.Number), ("now", version.CreatedAt.Milliseconds()), ("id", Id));
    }

    /// <summary>With all its versions.</summary>
    public void Delete(Session session)
    {
        session.Execute("DELETE FROM tag WHERE resource = $id", ("id", Id));
        session.Execute("DELETE FROM launch_template WHERE id = $id", ("id", Id));
    }
}

/// <summary>A version of a launch template, with its parameters as they are kept.</summary>
internal sealed record LaunchTemplateVersionRow(long Number, string Description, string Parameters, DateTimeOffset CreatedAt)
{
    public static LaunchTemplateVersionRow Read(SqliteDataReader row) =>
        new(row.Long("number"), row.Text("description"), row.Text("parameters"), row.Time("created_at"));
}
