using System.Net;

namespace EcsImages.Emulator;

/// <summary>The names that the emulator answers to. A web page that has its own name resolve to loopback (DNS rebinding) is not among them.</summary>
internal sealed class AllowedHosts(EmulatorOptions options)
{
    private const string Service = ".aliyuncs.com";

    // Browsers and resolvers keep this domain for the machine itself.
    private const string Local = ".localhost";

    public bool Allows(string host)
    {
        var name = NameOf(host);
        return IPAddress.TryParse(name, out _)
            || name.Equals("localhost", StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(Service, StringComparison.OrdinalIgnoreCase)
            || name.EndsWith(Local, StringComparison.OrdinalIgnoreCase)
            || options.BucketNames.Keys.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase))
            || options.HostNames.Any(n => name.Equals(n, StringComparison.OrdinalIgnoreCase)
                || name.EndsWith("." + n, StringComparison.OrdinalIgnoreCase));
    }

    private static string NameOf(string host)
    {
        if (host.StartsWith('[')) return host[1..Math.Max(1, host.IndexOf(']', StringComparison.Ordinal))];
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return colon < 0 ? host : host[..colon];
    }
}
