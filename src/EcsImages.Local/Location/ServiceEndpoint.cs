using System.Text.Json.Nodes;
using EcsImages.Core.Acs;
using EcsImages.Core.Contract;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Location;

/// <summary>The host that a call of Location asks for: by the service's own names, since clients that ask come through the emulator as their proxy.</summary>
/// <param name="Host">Without a scheme.</param>
/// <param name="RegionId">Whose it is.</param>
/// <param name="ServiceCode">As it was asked for.</param>
/// <param name="Protocols">What it speaks.</param>
internal sealed record ServiceEndpoint(string Host, string RegionId, string ServiceCode, params string[] Protocols)
{
    private const string Public = "openAPI", Inner = "innerAPI";

    /// <summary>The endpoint; null where service and region are known and have none of that type.</summary>
    public static ServiceEndpoint? Find(Call call)
    {
        var (region, service) = (call.Needed("Id"), call.Needed("ServiceCode"));
        var type = call.Text("Type") ?? Public;
        if (!Regions.IsOpen(region)) throw Error.Of("InvalidRegionId");
        var found = Of(service, region);
        if (found is null || type is not (Public or Inner)) throw Error.Of("Illegal Parameter");
        return type == Public ? found : null;
    }

    /// <summary>The fields that both operations answer with.</summary>
    public JsonObject Describe() => new()
    {
        ["Endpoint"] = Host,
        ["Id"] = RegionId,
        ["Namespace"] = "",
        [nameof(Protocols)] = Reply.Wrap(nameof(Protocols), Protocols.Select(static p => JsonValue.Create(p))),
        // So spelt on the wire.
        ["SerivceCode"] = ServiceCode,
        ["Type"] = Public,
    };

    // Codes are in lower case. Source: contract/location-2015-06-12.json, serviceCodes.
    private static ServiceEndpoint? Of(string service, string region) => service switch
    {
        "ecs" or "sts" or "oos" or "quotas" => new(HostOf(service, region), region, service, "HTTP", "HTTPS"),
        "ram" => new(HostOf(service, region), region, service, "HTTPS"),
        "oss" => new($"oss-{region}.aliyuncs.com", region, service, "HTTP", "HTTPS"),
        "vpc" or "kms" => new($"{service}.{region}.aliyuncs.com", region, service, "HTTP", "HTTPS"),
        _ => null,
    };

    private static string HostOf(string product, string region) => AcsEndpoints.Public.For(ApiProduct.Find(product)!.Acs, region).Host;
}
