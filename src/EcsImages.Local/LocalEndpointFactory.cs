using EcsImages.Core;

namespace EcsImages.Local;

/// <summary>Opens embedded endpoints; loaded by reflection, so it has a constructor without parameters.</summary>
public sealed class LocalEndpointFactory : ILocalEndpointFactory
{
    /// <inheritdoc />
    public async Task<ILocalEndpoint> OpenAsync(LocalEndpointOptions options, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(options);
        return await Task.Run(() => LocalEndpoint.Open(options, stop), stop).ConfigureAwait(false);
    }
}
