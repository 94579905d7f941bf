using System.Net;
using EcsImages.Core.Contract;

namespace EcsImages.Core.Acs;

/// <summary>Which host answers for a product in a region.</summary>
public sealed class AcsEndpoints
{
    private const string AlibabaCloud = "aliyuncs.com";
    private readonly Uri? _fixed;
    private readonly bool _isPrivate;

    private AcsEndpoints(Uri? @fixed, bool isPrivate = false) => (_fixed, _isPrivate) = (@fixed, isPrivate);

    /// <summary>The public endpoints of Alibaba Cloud.</summary>
    public static AcsEndpoints Public { get; } = new(null);

    /// <summary>The endpoints within the private networks of Alibaba Cloud: each answers within its own region.</summary>
    public static AcsEndpoints Private { get; } = new(null, isPrivate: true);

    /// <summary>One endpoint for everything, such as an emulator. TLS always, but for loopback.</summary>
    /// <exception cref="ArgumentException">Not an http(s) address, or http to another machine, or one that answers for one product only.</exception>
    public static AcsEndpoints At(string address)
    {
        var one = OfOneProduct(address);
        var host = one._fixed!.IdnHost.TrimEnd('.');
        return host.EndsWith("." + AlibabaCloud, StringComparison.OrdinalIgnoreCase)
            ? throw new ArgumentException($"'{address}' answers for one product of Alibaba Cloud; an endpoint that is named takes the requests to all. Leave it out: each product's own is taken then, and where ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED is true, the one within the private network.")
            : one;
    }

    /// <summary>An endpoint that is asked for one product alone.</summary>
    /// <exception cref="ArgumentException">Not an http(s) address, or http to another machine.</exception>
    internal static AcsEndpoints OfOneProduct(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/"
            || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            throw new ArgumentException($"'{address}' is not an endpoint. Write it like https://emulator.example.com or http://127.0.0.1:8801.");
        if (uri.Scheme is "http" && !IsLoopback(uri))
            throw new ArgumentException($"'{address}' would send requests unencrypted to another machine. Use https; http is for loopback addresses only.");
        return new AcsEndpoints(uri);
    }

    /// <summary>The fixed endpoint, where there is one.</summary>
    public Uri? Fixed => _fixed;

    /// <summary>The address for a product in a region.</summary>
    /// <remarks>Source: the endpoint pages of the products, and the endpoints tables of the contracts.</remarks>
    public Uri For(AcsProduct product, string regionId)
    {
        if (_fixed is not null) return _fixed;
        if (!IsRegionId(regionId)) throw new ArgumentException($"'{regionId}' is not a region id; they look like cn-hangzhou or ap-southeast-1.");
        return new Uri($"https://{HostOf(product, regionId)}/");
    }

    /// <summary>The host of the buckets of a region.</summary>
    internal string ObjectsIn(string regionId) => $"oss-{regionId}{(_isPrivate ? "-internal" : "")}.{AlibabaCloud}";

    private string HostOf(AcsProduct product, string regionId) => (product.Name, regionId) switch
    {
        ("ecs", "cn-hangzhou-finance") => "ecs.aliyuncs.com",
        ("ecs", "cn-shenzhen-finance-1") => "ecs-cn-hangzhou.aliyuncs.com",
        // Newer and smaller regions have no STS of their own.
        ("sts", _) when ApiContract.Sts.Endpoints.GetValueOrDefault(regionId) != $"sts.{regionId}.{AlibabaCloud}" => "sts.aliyuncs.com",
        // Central ones, for every region; a quota's region is among its dimensions.
        ("ram", _) => _isPrivate ? "ram.vpc-proxy.aliyuncs.com" : "ram.aliyuncs.com",
        ("location", _) => "location-readonly.aliyuncs.com",
        ("quotas", _) => "quotas.aliyuncs.com",
        _ => $"{product.Name}{(_isPrivate ? "-vpc" : "")}.{regionId}.{AlibabaCloud}",
    };

    private static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether it can be a region id: it becomes part of a host name.</summary>
    internal static bool IsRegionId(string text) =>
        text.Length is > 0 and <= 63 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
