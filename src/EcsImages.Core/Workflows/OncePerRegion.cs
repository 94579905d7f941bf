using System.Collections.Concurrent;

namespace EcsImages.Core.Workflows;

/// <summary>Reads something of a region at most once, however many ask for it; a failure is remembered too.</summary>
internal sealed class OncePerRegion<T>(Func<string, CancellationToken, Task<T>> read)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<T>>> _readings = new(StringComparer.Ordinal);

    public Task<T> GetAsync(string regionId, CancellationToken stop) =>
        _readings.GetOrAdd(regionId, static (region, way) => new(() => way.Read(region, way.Stop)), (Read: read, Stop: stop)).Value;
}
