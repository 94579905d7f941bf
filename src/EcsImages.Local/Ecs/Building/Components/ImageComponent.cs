using EcsImages.Core.Building;
using EcsImages.Local.Store;
using Microsoft.Data.Sqlite;

namespace EcsImages.Local.Ecs.Building.Components;

/// <summary>A component that pipelines may name, as its row has it.</summary>
internal sealed record ImageComponent
{
    public const string Build = "Build", Test = "Test", Linux = "Linux", Windows = "Windows", ResourceType = "imagecomponent";

    public required string Id { get; init; }
    public required string Account { get; init; }
    public required string RegionId { get; init; }
    public required string Name { get; init; }
    public required ComponentVersion Version { get; init; }
    public string Description { get; init; } = "";
    public required string SystemType { get; init; }
    public required string ComponentType { get; init; }
    public required string Content { get; init; }
    public string ResourceGroup { get; init; } = "";
    public required DateTimeOffset CreatedAt { get; init; }

    public static ImageComponent? Find(Session store, string account, string region, string id) => store.Single(
        "SELECT * FROM image_component WHERE id = $id AND account = $account AND region = $region", Read, ("id", id), ("account", account), ("region", region));

    /// <summary>The versions of a name, the highest first.</summary>
    public static IReadOnlyList<ImageComponent> Versions(Session store, string account, string region, string name) => store.List(
        "SELECT * FROM image_component WHERE account = $account AND region = $region AND name = $name ORDER BY major DESC, minor DESC, patch DESC", Read,
        ("account", account), ("region", region), ("name", name));

    public static int Count(Session store, string account, string region) => (int)store.Scalar<long>(
        "SELECT count(*) FROM image_component WHERE account = $account AND region = $region", ("account", account), ("region", region));

    public static ImageComponent Read(SqliteDataReader row) => new()
    {
        Id = row.Text("id"),
        Account = row.Text("account"),
        RegionId = row.Text("region"),
        Name = row.Text("name"),
        Version = new(row.Int("major"), row.Int("minor"), row.Int("patch")),
        Description = row.Text("description"),
        SystemType = row.Text("system_type"),
        ComponentType = row.Text("component_type"),
        Content = row.Text("content"),
        ResourceGroup = row.Text("resource_group"),
        CreatedAt = row.Time("created_at"),
    };

    /// <summary>Whether a call means it, by its id or by its name and version.</summary>
    public bool IsMeantBy(ComponentCall call) => call.Id is { } id ? id == Id : call.Means(RegionId, Account, Name, Version.ToString());

    public void Insert(Session store) => store.Execute(
        """
        INSERT INTO image_component (id, account, region, name, major, minor, patch, description, system_type, component_type, content, resource_group, created_at)
        VALUES ($id, $account, $region, $name, $major, $minor, $patch, $description, $system, $type, $content, $group, $now)
        """,
        ("id", Id), ("account", Account), ("region", RegionId), ("name", Name), ("major", Version.Major), ("minor", Version.Minor), ("patch", Version.Patch),
        ("description", Description), ("system", SystemType), ("type", ComponentType), ("content", Content), ("group", ResourceGroup), ("now", CreatedAt.Milliseconds()));

    public void Delete(Session store)
    {
        TagRows.RemoveAll(store, Id);
        store.Execute("DELETE FROM image_component WHERE id = $id", ("id", Id));
    }
}
