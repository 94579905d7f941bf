using EcsImages.Core;
using EcsImages.Local.Store;

namespace EcsImages.Local;

/// <summary>Opens embedded endpoints; loaded by reflection, so it has a constructor without parameters.</summary>
public sealed class LocalEndpointFactory : ILocalEndpointFactory
{
    /// <inheritdoc />
    public async Task<ILocalEndpoint> OpenAsync(LocalEndpointOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new LocalEndpoint(await Task.Run(() => Database.Open(options), stop).ConfigureAwait(false));
    }
}
