using EcsImages.Core.Acs;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What a cmdlet has set going and waits for together at its end, with one progress bar.</summary>
internal sealed class Pending<T>
{
    private readonly EcsApiCmdlet _cmdlet;
    private readonly string _activity;
    private readonly Func<EcsAccess, FollowKind<T>> _kind;
    private readonly OpenWork _open;

    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="activity">What the bar says is going on, such as "Copying images".</param>
    /// <param name="kind">How the things are followed, as an account.</param>
    public Pending(EcsApiCmdlet cmdlet, string activity, Func<EcsAccess, FollowKind<T>> kind)
    {
        (_cmdlet, _activity, _kind) = (cmdlet, activity, kind);
        _open = cmdlet.Opens(typeof(T));
    }

    public void Add(EcsContext context, string id, string regionId) => _open.Add(context, new Followed(id, regionId));

    /// <summary>Follows all of them; each end is taken as it comes.</summary>
    /// <param name="timeoutSeconds">When to give up; null never.</param>
    /// <param name="take">Takes an object that is done; null where that means that it is gone.</param>
    /// <param name="failed">Hears of what cannot end well, by id; not of what was waited for too long.</param>
    public void Follow(int? timeoutSeconds, Action<EcsContext, T?> take, Action<string>? failed = null)
    {
        if (_open.Items.Count == 0) return;
        var groups = _open.Items.GroupBy(static p => p.Context, static p => p.Item)
            .Select(g => new FollowGroup<T>([.. g], _kind(_cmdlet.AccessOf(g.Key)))).ToArray();
        var contexts = _open.Items.ToLookup(static p => p.Item, static p => p.Context);
        var bar = new ProgressBar(_cmdlet, _activity, _open.Items.Count);
        try
        {
            var following = new Following(TimeProvider.System);
            _cmdlet.Stream(stop => Singly(following.EndsAsync(groups, timeoutSeconds is { } s ? TimeSpan.FromSeconds(s) : null, bar.Report, stop)), end =>
            {
                bar.Done(end.Item);
                // Of what the service no longer tells anything, nobody knows that it has ended.
                if (end.Error is not AcsException { MayPass: true }) _open.Close(end.Item);
                if (end.Error is null) _cmdlet.ForItem(end.Item.Id, () => take(contexts[end.Item].First(), end.Result));
                else
                {
                    if (end.Error is EndedOtherwiseException) _cmdlet.ForItem(end.Item.Id, () => failed?.Invoke(end.Item.Id));
                    _cmdlet.Report(end.Error, end.Item.Id);
                }
            });
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
