using EcsImages.Core.Contract;

namespace EcsImages.Local.Dispatch;

/// <summary>A product of the cloud that the endpoint answers for, found by host name, by path or by API version.</summary>
internal sealed record Product(string Name, ApiContract Contract)
{
    private const string Domain = ".aliyuncs.com";

    /// <summary>The product, and the region where the host names one.</summary>
    public static (Product Product, string? Region) Find(string host, string path, string? version)
    {
        var name = host.Split(':')[0];
        if (!name.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)) return (Of(ByPath(path) ?? ByVersion(version)), null);
        var labels = name[..^Domain.Length].Split('.');
        var product = ApiProduct.Find(Plain(labels[0]));
        if (labels.Length > 2 || product is null) throw Error.Of("InvalidProduct", host, string.Join(", ", ApiProduct.All.Select(static p => p.Acs.Name)));
        return (Of(product), labels.Length == 2 ? labels[1] : null);
    }

    private static Product Of(ApiProduct product) => new(product.Acs.Name, product.Contract());

    // ecs-cn-hangzhou is the older name of several regions, ecs-vpc the one inside a VPC, location-readonly what the older clients ask.
    private static string Plain(string label) => label.ToLowerInvariant() switch
    {
        "ecs-cn-hangzhou" => "ecs",
        "location-readonly" => "location",
        var other => other.Replace("-vpc", "", StringComparison.Ordinal),
    };

    private static ApiProduct? ByPath(string path) => path.Trim('/') is { Length: > 0 } name ? ApiProduct.Find(name) : null;

    // 127.0.0.1 and localhost name no product, but each product has a version of its own.
    private static ApiProduct ByVersion(string? version) => ApiProduct.All.FirstOrDefault(p => p.Acs.Version == version)
        ?? throw Error.Of("InvalidVersion", version, $"the host names no product, and there are {string.Join(", ", ApiProduct.All.Select(static p => $"{p.Acs.Name} {p.Acs.Version}"))}");
}
