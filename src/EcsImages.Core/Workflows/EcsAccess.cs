using System.Runtime.CompilerServices;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Workflows;

/// <summary>A client together with the account that it acts as: what every workflow needs.</summary>
internal sealed record EcsAccess(AcsClient Client, string AccountId)
{
    /// <summary>The day that it is by the client's clock, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Client.Clock.GetUtcNow().UtcDateTime);

    /// <summary>Who calls within the account, such as "RAM user builder"; null for its owner, and where it is not known.</summary>
    public string? Principal { get; init; }

    /// <summary>Calls an operation as this account.</summary>
    public Task<TReply> CallAsync<TRequest, TReply>(
        AcsOperation<TRequest, TReply> operation, string regionId, TRequest request, CancellationToken stop)
        where TReply : AcsReply => AcsEndpoints.IsRegionId(regionId)
            ? Client.CallAsync(operation, regionId, request, new AcsCaller(AccountId, Principal), stop)
            : throw new AcsException("InvalidRegionId.NotFound", $"'{regionId}' is not a region id; they look like cn-hangzhou or ap-southeast-1.")
            {
                Operation = operation.Name,
                Action = operation.Action,
                RegionId = regionId,
            };

    /// <summary>Calls an operation that deletes. That the thing is gone at a later attempt means that an earlier one, whose answer was lost, has deleted it.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="regionId">The region.</param>
    /// <param name="request">What to delete.</param>
    /// <param name="goneCode">The code that the service has for what is not there.</param>
    /// <param name="stop">Ends the call.</param>
    public async Task DeleteAsync<TRequest>(AcsOperation<TRequest, AcsReply> operation, string regionId, TRequest request, string goneCode, CancellationToken stop)
    {
        try
        {
            await CallAsync(operation, regionId, request, stop).ConfigureAwait(false);
        }
        catch (AcsException e) when (e.Code == goneCode && e.Attempts > 1)
        {
        }
    }

    /// <summary>The pages of a listing that goes on by token; it ends at an empty or repeated token.</summary>
    /// <param name="next">Fetches the page of a token; null is the first.</param>
    /// <param name="stop">Ends the listing.</param>
    public static async IAsyncEnumerable<IReadOnlyList<T>> PagesAsync<T>(
        Func<string?, CancellationToken, Task<(IReadOnlyList<T> Items, string? NextToken)>> next,
        [EnumeratorCancellation] CancellationToken stop)
    {
        string? token = null;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        do
        {
            var (items, nextToken) = await next(token, stop).ConfigureAwait(false);
            if (items.Count > 0) yield return items;
            token = nextToken;
        }
        while (!string.IsNullOrEmpty(token) && seen.Add(token));
    }

    /// <summary>All that a listing gives, for what is few.</summary>
    public static async Task<IReadOnlyList<T>> AllAsync<T>(IAsyncEnumerable<IReadOnlyList<T>> pages, CancellationToken stop)
    {
        var all = new List<T>();
        await foreach (var page in pages.WithCancellation(stop).ConfigureAwait(false)) all.AddRange(page);
        return all;
    }
}

/// <summary>An exact id that the service does not know.</summary>
/// <param name="code">The code that the service has for it.</param>
/// <param name="message">Which id, where, and what to try.</param>
public sealed class EcsNotFoundException(string code, string message) : Exception(message)
{
    /// <summary>The code that the service has for it.</summary>
    public string Code => code;
}
