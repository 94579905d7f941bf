using EcsImages.Core.Contract;

namespace EcsImages.Local.Dispatch;

/// <summary>A product of the cloud that the endpoint answers for, found by host name or by API version.</summary>
internal sealed record Product(string Name, ApiContract Contract)
{
    private static readonly Dictionary<string, Func<ApiContract>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ecs"] = static () => ApiContract.Ecs,
        ["sts"] = static () => ApiContract.Sts,
        ["quotas"] = static () => ApiContract.Quotas,
    };

    /// <summary>The product, and the region where the host names one.</summary>
    public static (Product Product, string? Region) Find(string host, string? version)
    {
        var name = host.Split(':')[0];
        const string Domain = ".aliyuncs.com";
        if (!name.EndsWith(Domain, StringComparison.OrdinalIgnoreCase)) return (ByVersion(host, version), null);
        var labels = name[..^Domain.Length].Split('.');
        // ecs-cn-hangzhou.aliyuncs.com is the older name of several regions; ecs-vpc is the one inside a VPC.
        var product = labels[0] is "ecs-cn-hangzhou" ? "ecs" : labels[0].Replace("-vpc", "", StringComparison.Ordinal);
        if (labels.Length > 2 || !ByName.TryGetValue(product, out var contract)) throw Error.Of("InvalidProduct", host);
        return (new Product(product.ToLowerInvariant(), contract()), labels.Length == 2 ? labels[1] : null);
    }

    // 127.0.0.1 and localhost name no product, but each product has a version of its own.
    private static Product ByVersion(string host, string? version) => version switch
    {
        "2014-05-26" => new("ecs", ApiContract.Ecs),
        "2015-04-01" => new("sts", ApiContract.Sts),
        "2020-05-10" => new("quotas", ApiContract.Quotas),
        _ => throw Error.Of("InvalidProduct", host),
    };
}
