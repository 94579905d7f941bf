using System.Globalization;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Quotas;

/// <summary>MaxResults and NextToken of Quota Center: 30 rows unless told; the token is the number of rows already handed out.</summary>
internal readonly record struct QuotaPage(int Skip, int Size)
{
    public static QuotaPage Of(Call call)
    {
        var size = call.Int("MaxResults") ?? 30;
        var range = call.Operation.Request.First(static f => f.Name == "MaxResults").Range;
        if (range?.Contains(size) is false) throw Error.Of("INVALID.MAX.RESULTS", size);
        var skip = 0;
        if (call.Text("NextToken") is { } token && !int.TryParse(token, NumberStyles.None, CultureInfo.InvariantCulture, out skip))
            throw Error.Invalid("NextToken", "it is not a token that this operation gave.");
        return new(skip, size);
    }

    /// <summary>One page; there is a token only where more rows follow.</summary>
    public JsonObject Body(string list, IReadOnlyCollection<JsonNode> rows)
    {
        var page = rows.Skip(Skip).Take(Size).ToArray();
        var body = new JsonObject { [list] = new JsonArray(page), ["TotalCount"] = rows.Count, ["MaxResults"] = Size };
        if (Skip + page.Length < rows.Count && page.Length > 0) body["NextToken"] = (Skip + page.Length).ToString(CultureInfo.InvariantCulture);
        return body;
    }
}
