using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Quotas;

/// <summary>Lists the quotas of a product, a row for each region; of a product that the endpoint does not keep there are none.</summary>
internal sealed class ListProductQuotas : IOperation
{
    private static readonly string[] SortFields = ["TOTAL", "TIME", "RESERVED"];

    public string Name => "ListProductQuotas";

    public IReadOnlyList<string> JudgedHere { get; } = ["MaxResults"];

    public Reply Run(Call call, Session store)
    {
        var page = QuotaPage.Of(call);
        var (field, order) = (call.Text("SortField"), call.Text("SortOrder"));
        if (order is not (null or "Ascending" or "Descending")) throw Error.Of("InvalidSortOrder", order);
        if (field is not null && !SortFields.Contains(field)) throw Error.Invalid("SortField", $"{field} is none of {string.Join(", ", SortFields)}.");
        var isKept = QuotaWords.IsCommon(call) && call.Text("GroupCode") is null && call.Needed("ProductCode") == Quota.ProductCode;
        if (!isKept) return new(page.Body("Quotas", []));
        var regions = QuotaWords.SelectedRegions(call);
        var found = Quota.All.Where(q => call.Text("QuotaActionCode") is not { } code || q.Code == code)
            .Where(q => call.Text("KeyWord") is not { } word || Has(q.Code, word) || Has(q.Name, word))
            .SelectMany(q => regions.Select(r => (Total: q.Total(store, call.Account, r), Json: (JsonNode)QuotaJson.Of(call, store, q, r))));
        // They have no time and no reserve of their own: only the total can sort them.
        if (field is "TOTAL") found = order is "Ascending" ? found.OrderBy(static q => q.Total) : found.OrderByDescending(static q => q.Total);
        return new(page.Body("Quotas", [.. found.Select(static q => q.Json)]));
    }

    private static bool Has(string text, string word) => text.Contains(word, StringComparison.OrdinalIgnoreCase);
}
