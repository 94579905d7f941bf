using System.Collections.Concurrent;

namespace EcsImages.Core.Acs;

/// <summary>The hosts that have answered a client: where one does not now, it is the network and not the address.</summary>
internal sealed class KnownHosts
{
    private readonly ConcurrentDictionary<string, bool> _known = new(StringComparer.OrdinalIgnoreCase);

    public void Meet(Uri address)
    {
        if (!_known.ContainsKey(address.Authority)) _known[address.Authority] = true;
    }

    /// <summary>Whether a failure says that nobody was there, where as far as is known nobody ever was.</summary>
    /// <param name="address">Who was called.</param>
    /// <param name="failure">What came of it; a cancellation is that of a handler at its limit for connecting.</param>
    public bool Lack(Uri address, Exception failure) =>
        // No outage of a network comes between this machine and itself.
        (address.IsLoopback || !_known.ContainsKey(address.Authority)) && (failure is OperationCanceledException || failure is HttpRequestException
        {
            HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError,
        });
}
