using System.Management.Automation.Host;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What a cmdlet has under way at the service and is to wait for; tells how to go on where the cmdlet ends before it.</summary>
/// <param name="kind">The type of the objects that tell how it is.</param>
/// <param name="host">Whom to tell: the pipeline is gone by then, but the person at the host should know that the work is not.</param>
internal sealed class OpenWork(Type kind, PSHost? host)
{
    private readonly List<(EcsContext Context, Followed Item)> _items = [];

    /// <summary>All that is under way.</summary>
    public IReadOnlyList<(EcsContext Context, Followed Item)> Items => _items;

    public void Add(EcsContext context, Followed item) => _items.Add((context, item));

    /// <summary>Notes that one has ended, or that its error says how to go on.</summary>
    public void Close(Followed item) => _items.RemoveAll(i => i.Item == item);

    /// <summary>Names all that is still under way, one command for each region.</summary>
    public void Tell()
    {
        if (_items.Count == 0) return;
        var places = _items.GroupBy(static i => (i.Context, i.Item.RegionId)).Select(static g =>
            new PickUpPlace([.. g.Select(static i => i.Item.Id).Distinct(StringComparer.Ordinal)], g.Key.RegionId, g.Key.Context.IsDefault ? null : g.Key.Context.AccountId));
        host?.UI?.WriteWarningLine($"Stopped waiting; the work at the service goes on. {ErrorAdvice.PickUp(kind, [.. places])}");
        _items.Clear();
    }
}
