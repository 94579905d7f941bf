using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>The instance types of one region, each read once: a few by their names, or all.</summary>
internal sealed class InstanceTypeCatalog(EcsAccess access, string regionId)
{
    // The service takes ten names in a call, and all types in one page of up to 1600.
    private const int MostNames = 10;

    private readonly Dictionary<string, EcsInstanceType> _known = new(StringComparer.OrdinalIgnoreCase);
    private IReadOnlyList<EcsInstanceType>? _all;
    private bool _asked;

    /// <summary>Takes a type that was read already.</summary>
    public void Add(EcsInstanceType type) => _known[type.InstanceType] = type;

    /// <summary>All types that the region offers.</summary>
    public async Task<IReadOnlyList<EcsInstanceType>> AllAsync(CancellationToken stop)
    {
        if (_all is not null) return _all;
        var all = new List<EcsInstanceType>();
        await ReadAsync(new DescribeInstanceTypesRequest(), all, stop).ConfigureAwait(false);
        return _all = all;
    }

    /// <summary>The types of these names; null in place of one that the region does not have.</summary>
    public async Task<IReadOnlyList<EcsInstanceType?>> FindAsync(IReadOnlyList<string> names, CancellationToken stop)
    {
        var unknown = names.Where(n => !_known.ContainsKey(n)).Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
        if (unknown.Length > 0 && _all is null)
        {
            // Names that come one by one down a pipeline are read one by one only once; then all, so that they cost no call each.
            if (_asked || unknown.Length > MostNames) await AllAsync(stop).ConfigureAwait(false);
            else await ReadAsync(new DescribeInstanceTypesRequest { InstanceTypes = unknown }, [], stop).ConfigureAwait(false);
            _asked = true;
        }
        return [.. names.Select(n => _known.GetValueOrDefault(n))];
    }

    /// <summary>The error for a name that is not there.</summary>
    public static EcsNotFoundException NotFound(string instanceType, string regionId) => new("InvalidInstanceType.NotFound",
        $"There is no instance type '{instanceType}' in {regionId}. Types look like ecs.g7.large; wildcards work.");

    private async Task ReadAsync(DescribeInstanceTypesRequest filter, List<EcsInstanceType> into, CancellationToken stop)
    {
        await foreach (var page in new MachineQueries(access).InstanceTypesAsync(filter, regionId, stop).ConfigureAwait(false))
        {
            foreach (var type in page) Add(type);
            into.AddRange(page);
        }
    }
}
