using EcsImages.Core;
using EcsImages.PowerShell.Loading;

namespace EcsImages.PowerShell.Sessions;

/// <summary>The embedded endpoints of a session: one for each folder and speed, opened on first use.</summary>
internal sealed class LocalEndpoints
{
    private readonly Dictionary<(string Path, double Speed), ILocalEndpoint> _open = [];

    /// <summary>Where it keeps its data unless -Path says otherwise.</summary>
    public static string DefaultPath =>
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "EcsImage", "local");

    public async Task<ILocalEndpoint> OpenAsync(string path, double speed, CancellationToken stop)
    {
        if (_open.TryGetValue((path, speed), out var known)) return known;
        var opened = await LocalEndpointLoader.Load().OpenAsync(new LocalEndpointOptions { Path = path, Speed = speed, HasServiceRoles = true }, stop).ConfigureAwait(false);
        return _open[(path, speed)] = opened;
    }

    /// <summary>Closes those that no context uses any longer, so that their folders can be moved or deleted.</summary>
    public async Task CloseUnusedAsync(IReadOnlyList<EcsContext> contexts)
    {
        foreach (var (key, endpoint) in _open.ToArray())
        {
            if (contexts.Any(c => c.Connection.Local == endpoint)) continue;
            _open.Remove(key);
            await endpoint.DisposeAsync().ConfigureAwait(false);
        }
    }
}
