namespace EcsImages.Local.Catalog;

/// <summary>A public region.</summary>
internal sealed record Region(string Id, string NameEn, string NameZh, string Status, string Endpoint, IReadOnlyList<string> Zones);

/// <summary>The public regions; closed ones are as if they were not there.</summary>
internal static class Regions
{
    private static readonly Lazy<Region[]> Open = new(static () =>
    [
        .. CatalogFile.Read("regions.json", "regions", static r => new Region(r.Text("RegionId"), r.Text("LocalName"),
            r.Text("LocalNameZh"), r.Text("Status"), r.Text("RegionEndpoint"), r.Texts("Zones"))).Where(static r => r.Status != "closed"),
    ]);

    private static readonly Lazy<Dictionary<string, Region>> ById = new(static () => Open.Value.ToDictionary(static r => r.Id, StringComparer.Ordinal));

    public static IReadOnlyList<Region> All => Open.Value;

    public static bool IsOpen(string id) => ById.Value.ContainsKey(id);

    public static Region Get(string id) => ById.Value[id];
}
