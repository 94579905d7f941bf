using System.Net;

namespace EcsImages.Core.Acs;

/// <summary>Which host answers for a product in a region.</summary>
public sealed class AcsEndpoints
{
    private readonly Uri? _fixed;

    private AcsEndpoints(Uri? @fixed) => _fixed = @fixed;

    /// <summary>The public endpoints of Alibaba Cloud.</summary>
    public static AcsEndpoints Public { get; } = new(null);

    /// <summary>One endpoint for everything, such as an emulator. TLS always, but for loopback.</summary>
    /// <exception cref="ArgumentException">Not an http(s) address, or http to another machine.</exception>
    public static AcsEndpoints At(string address)
    {
        var text = address.Contains("://", StringComparison.Ordinal) ? address : "https://" + address;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/"
            || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
            throw new ArgumentException($"'{address}' is not an endpoint. Write it like https://ecs.cn-hangzhou.aliyuncs.com or http://127.0.0.1:8801.");
        if (uri.Scheme is "http" && !IsLoopback(uri))
            throw new ArgumentException($"'{address}' would send requests unencrypted to another machine. Use https; http is for loopback addresses only.");
        return new AcsEndpoints(uri);
    }

    /// <summary>The fixed endpoint, where there is one.</summary>
    public Uri? Fixed => _fixed;

    /// <summary>The address for a product in a region.</summary>
    /// <remarks>Source: the endpoint pages of the products, and the endpoints table of the ECS contract.</remarks>
    public Uri For(AcsProduct product, string regionId)
    {
        if (_fixed is not null) return _fixed;
        if (!IsRegionId(regionId)) throw new ArgumentException($"'{regionId}' is not a region id; they look like cn-hangzhou or ap-southeast-1.");
        return new Uri($"https://{Special(product, regionId) ?? $"{product.Name}.{regionId}.aliyuncs.com"}/");
    }

    private static string? Special(AcsProduct product, string regionId) => (product.Name, regionId) switch
    {
        ("ecs", "cn-hangzhou-finance") => "ecs.aliyuncs.com",
        ("ecs", "cn-shenzhen-finance-1") => "ecs-cn-hangzhou.aliyuncs.com",
        ("sts", "cn-hangzhou-finance" or "cn-shenzhen-finance-1" or "ap-south-1" or "ap-southeast-2") => "sts.aliyuncs.com",
        // Central ones, for every region; a quota's region is among its dimensions.
        ("ram", _) => "ram.aliyuncs.com",
        ("location", _) => "location-readonly.aliyuncs.com",
        ("quotas", _) => "quotas.aliyuncs.com",
        _ => null,
    };

    private static bool IsLoopback(Uri uri) =>
        uri.IsLoopback || uri.Host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(uri.Host, out var ip) && IPAddress.IsLoopback(ip));

    /// <summary>Whether it can be a region id: it becomes part of a host name.</summary>
    internal static bool IsRegionId(string text) =>
        text.Length is > 0 and <= 63 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c == '-');
}
