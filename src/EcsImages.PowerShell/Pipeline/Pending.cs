using System.Management.Automation;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What a cmdlet has set going and waits for together at its end, with one progress bar.</summary>
/// <param name="cmdlet">The cmdlet.</param>
/// <param name="activity">What the bar says is going on, such as "Copying images".</param>
/// <param name="kind">How the things are followed, as an account.</param>
internal sealed class Pending<T>(EcsApiCmdlet cmdlet, string activity, Func<EcsAccess, FollowKind<T>> kind)
{
    private readonly List<(EcsContext Context, Followed Item)> _items = [];

    public void Add(EcsContext context, string id, string regionId) => _items.Add((context, new Followed(id, regionId)));

    /// <summary>Follows all of them; each end is taken as it comes.</summary>
    /// <param name="timeoutSeconds">When to give up; null never.</param>
    /// <param name="take">Takes an object that is done; null where that means that it is gone.</param>
    /// <param name="failed">Hears of what cannot end well, by id; not of what was waited for too long.</param>
    public void Follow(int? timeoutSeconds, Action<EcsContext, T?> take, Action<string>? failed = null)
    {
        if (_items.Count == 0) return;
        var groups = _items.GroupBy(static p => p.Context, static p => p.Item)
            .Select(g => new FollowGroup<T>([.. g], kind(cmdlet.AccessOf(g.Key))));
        var contexts = _items.ToLookup(static p => p.Item, static p => p.Context);
        var bar = new ProgressBar(cmdlet, activity, _items.Count);
        try
        {
            var following = new Following(TimeProvider.System);
            cmdlet.Stream(stop => Singly(following.EndsAsync(groups, timeoutSeconds is { } s ? TimeSpan.FromSeconds(s) : null, bar.Report, stop)), end =>
            {
                bar.Done(end.Item);
                if (end.Error is null) cmdlet.ForItem(end.Item.Id, () => take(contexts[end.Item].First(), end.Result));
                else
                {
                    if (end.Error is EndedOtherwiseException) cmdlet.ForItem(end.Item.Id, () => failed?.Invoke(end.Item.Id));
                    cmdlet.Report(end.Error, end.Item.Id);
                }
            });
        }
        catch (PipelineStoppedException) when (cmdlet.Stopping)
        {
            // The pipeline is gone, but the person at the host should know that the work is not.
            cmdlet.Host?.UI?.WriteWarningLine($"Stopped waiting; the work at the service goes on. {ErrorAdvice.PickUp(typeof(T), _items[0].Item.Id, _items[0].Item.RegionId)}");
            throw;
        }
        finally
        {
            bar.Complete();
        }
    }

    private static async IAsyncEnumerable<IReadOnlyList<TItem>> Singly<TItem>(IAsyncEnumerable<TItem> items)
    {
        await foreach (var item in items.ConfigureAwait(false)) yield return [item];
    }
}
