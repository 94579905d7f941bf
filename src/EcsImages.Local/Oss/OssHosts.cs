using System.Net;
using System.Text.RegularExpressions;

namespace EcsImages.Local.Oss;

/// <summary>How host and path say which bucket is meant. Source: protocol.md, section 7.</summary>
/// <param name="names">Further names of the service; buckets may stand before them.</param>
/// <param name="buckets">Names that stand for a bucket each, as a CNAME record does.</param>
internal sealed partial class OssHosts(IReadOnlyList<string> names, IReadOnlyDictionary<string, string> buckets)
{
    private const string Local = ".localhost", DefaultName = "oss" + Local;

    /// <summary>Only the service's own host names, and addresses.</summary>
    public static OssHosts Default { get; } = new([], new Dictionary<string, string>());

    /// <summary>Whether the host is one of OSS alone, whatever the request says.</summary>
    public bool IsOss(string host)
    {
        var name = NameOf(host);
        return ServiceHost().IsMatch(name) || name == DefaultName || name.EndsWith("." + DefaultName, StringComparison.Ordinal) || buckets.ContainsKey(name);
    }

    /// <summary>Whether the host names no product: an address, localhost or a name right under it, or a configured name.</summary>
    public bool IsShared(string host)
    {
        var name = NameOf(host);
        return IsAddress(name) || LocalBucket(name) is not null || names.Any(n => name == n || name.EndsWith("." + n, StringComparison.Ordinal));
    }

    /// <summary>What the request may mean, the likelier first; which one holds, its signature says.</summary>
    public IReadOnlyList<OssAddress> Read(string host, string path)
    {
        if (!path.StartsWith('/')) path = "/" + path;
        var name = NameOf(host);
        var (region, bucket) = OfHost(name);
        if (bucket.Length == 0) return [OssAddress.OfPath(region, path)];
        var byHost = OssAddress.OfHost(region, bucket, path);
        // ali-oss with an address and path style names the bucket in both places. A name under localhost may also be one that somebody
        // uses for this machine, with the bucket in the path.
        var mayBeByPath = path == "/" + bucket || path.StartsWith($"/{bucket}/", StringComparison.Ordinal) || bucket == LocalBucket(name);
        return mayBeByPath ? [byHost, OssAddress.OfPath(region, path)] : [byHost];
    }

    private (string? Region, string Bucket) OfHost(string name)
    {
        if (buckets.TryGetValue(name, out var bucket)) return (null, bucket);
        if (IsAddress(name)) return (null, "");
        if (ServiceHost().Match(name) is { Success: true } service) return (RegionOf(service), service.Groups["bucket"].Value);
        foreach (var known in names.Append(DefaultName).OrderByDescending(static n => n.Length))
        {
            if (name == known) return (RegionLabel().Match(known) is { Success: true } own ? own.Groups["region"].Value : null, "");
            if (!name.EndsWith("." + known, StringComparison.Ordinal)) continue;
            // bucket.oss-cn-beijing.name, oss-cn-beijing.name, bucket.name
            var before = name[..^(known.Length + 1)];
            if (RegionLabel().Match(before) is { Success: true } label) return (label.Groups["region"].Value, label.Groups["bucket"].Value);
            return (RegionLabel().Match(known) is { Success: true } of ? of.Groups["region"].Value : null, before);
        }
        if (LocalBucket(name) is { } local) return (null, local);
        // A client that takes the id of a region for the name of its endpoint.
        return RegionHost().Match(name) is { Success: true } odd ? (odd.Groups["region"].Value, odd.Groups["bucket"].Value) : (null, "");
    }

    // What a client makes of the endpoint localhost: my-bucket.localhost.
    private static string? LocalBucket(string name) =>
        name != DefaultName && name.EndsWith(Local, StringComparison.Ordinal) && name[..^Local.Length] is { Length: > 0 } label && !label.Contains('.', StringComparison.Ordinal) ? label : null;

    private static string? RegionOf(Match service) => service.Groups["region"] is { Success: true, Value: var region } ? region
        : service.Groups["central"].Success ? "cn-hangzhou" : null;

    private static bool IsAddress(string name) => name == "localhost" || IPAddress.TryParse(name, out _);

    private static string NameOf(string host)
    {
        if (host.StartsWith('[')) return host[1..Math.Max(1, host.IndexOf(']', StringComparison.Ordinal))];
        var colon = host.IndexOf(':', StringComparison.Ordinal);
        return (colon < 0 ? host : host[..colon]).ToLowerInvariant();
    }

    // oss-cn-hangzhou[-internal], cn-hangzhou.oss (dual stack), oss (the oldest), oss-accelerate[-overseas]; a bucket, or nothing, before it.
    [GeneratedRegex(@"^(?:(?<bucket>[^.]*)\.)?(?:oss-accelerate(?:-overseas)?|oss-(?<region>[a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?|(?<region>[a-z]+(?:-[a-z0-9]+)+)\.oss|(?<central>oss))\.aliyuncs\.com$", RegexOptions.CultureInvariant)]
    private static partial Regex ServiceHost();

    [GeneratedRegex(@"^(?<bucket>[^.]*)\.(?<region>[a-z]+(?:-[a-z0-9]+)+)\.aliyuncs\.com$", RegexOptions.CultureInvariant)]
    private static partial Regex RegionHost();

    [GeneratedRegex(@"^(?:(?<bucket>[^.]*)\.)?oss-(?<region>[a-z]+(?:-[a-z0-9]+)+?)(?:-internal)?(?:\.|$)", RegexOptions.CultureInvariant)]
    private static partial Regex RegionLabel();
}
