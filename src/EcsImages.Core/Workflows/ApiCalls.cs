using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;

namespace EcsImages.Core.Workflows;

/// <summary>Calls any operation, once or page after page.</summary>
internal sealed class ApiCalls(EcsAccess access, AcsOperation<Dictionary<string, string>, AnyReply> operation, string regionId)
{
    /// <summary>One call.</summary>
    public Task<AnyReply> CallAsync(Dictionary<string, string> parameters, CancellationToken stop) => access.CallAsync(operation, regionId, parameters, stop);

    /// <summary>The replies of a listing, from the page that the parameters name to the last.</summary>
    /// <exception cref="AcsException">A page could not be had; what came before is not the whole list.</exception>
    public async IAsyncEnumerable<IReadOnlyList<AnyReply>> PagesAsync(Dictionary<string, string> parameters, ApiPaging paging, [EnumeratorCancellation] CancellationToken stop)
    {
        var asked = new Dictionary<string, string>(parameters, StringComparer.Ordinal);
        if (paging is { Size: { } size, Largest: { } largest }) asked.TryAdd(size, largest.ToString(CultureInfo.InvariantCulture));
        if (paging.Kind is ApiPagingKind.Number) asked.TryAdd("PageNumber", "1");
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (true)
        {
            var reply = await CallAsync(asked, stop).ConfigureAwait(false);
            yield return [reply];
            var (name, next) = paging.Kind switch
            {
                ApiPagingKind.Number => ("PageNumber", NextNumber(reply.Json, asked, paging.List)),
                ApiPagingKind.Token => ("NextToken", Text(reply.Json, "NextToken")),
                ApiPagingKind.Marker when Text(reply.Json, "IsTruncated") == "true" => ("Marker", Text(reply.Json, "Marker")),
                _ => ("", null),
            };
            if (string.IsNullOrEmpty(next) || !seen.Add(next)) yield break;
            asked[name] = next;
        }
    }

    /// <summary>The items of the list that the names lead to; none where the reply lacks it.</summary>
    public static IEnumerable<JsonElement> Items(JsonElement reply, IReadOnlyList<string> path)
    {
        var at = reply;
        foreach (var name in path)
            if (at.ValueKind is not JsonValueKind.Object || !at.TryGetProperty(name, out at)) return [];
        return at.ValueKind is JsonValueKind.Array ? at.EnumerateArray() : [];
    }

    private static string? NextNumber(JsonElement reply, Dictionary<string, string> asked, IReadOnlyList<string>? list)
    {
        var number = Number(asked["PageNumber"]) ?? 1;
        // A service that gives fewer at once than were asked for says so in its reply.
        var size = Number(Text(reply, "PageSize")) ?? Number(asked.GetValueOrDefault("PageSize"));
        var total = Number(Text(reply, "TotalCount"));
        var count = list is null ? (long?)null : Items(reply, list).LongCount();
        var isLast = count == 0 || size is null or <= 0 || (total is { } all ? number * size >= all : count is null || count < size);
        return isLast ? null : (number + 1).ToString(CultureInfo.InvariantCulture);
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    // The service writes some numbers as texts.
    private static string? Text(JsonElement reply, string name) => !reply.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True => "true",
        JsonValueKind.Number => value.GetRawText(),
        _ => null,
    };
}
