using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What lists from one, several or all regions: side by side, in the order asked for; a region's failure is one error.</summary>
public abstract class EcsListCmdlet : EcsApiCmdlet
{
    private const int RegionsAtOnce = 32;

    /// <summary>The regions to look in. Without it, that of the piped object, else that of the context.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string[]? RegionId { get; set; }

    /// <summary>Looks in all regions of the account.</summary>
    [Parameter]
    public SwitchParameter AllRegion { get; set; }

    /// <summary>The regions that the item at hand is looked for in.</summary>
    internal IReadOnlyList<string> RegionsOf(EcsContext context)
    {
        if (!AllRegion) return RegionId is { Length: > 0 } named ? [.. named.Distinct(StringComparer.Ordinal)] : [context.RegionId];
        var regions = Await(stop => new MachineQueries(AccessOf(context)).RegionsAsync(context.RegionId, stop));
        return [.. regions.Select(static r => r.RegionId)];
    }

    /// <summary>Streams what each region has, the regions read side by side and written in the order asked for.</summary>
    /// <returns>Whether every region could be read to its end.</returns>
    internal bool StreamRegions<T>(
        IReadOnlyList<string> regions, Func<string, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> open, Action<T> take)
    {
        var complete = true;
        Stream(stop => RegionFanOut.ReadAsync(regions, open, RegionsAtOnce, IsOfOneRegion, stop), part =>
        {
            if (part.Error is { } error)
            {
                complete = false;
                Report(error, part.RegionId);
            }
            foreach (var item in part.Items) take(item);
        });
        return complete;
    }

    private static bool IsOfOneRegion(Exception e) => e is AcsException;
}
