using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

internal sealed class DescribeInstances : IOperation
{
    public string Name => "DescribeInstances";

    public IReadOnlyList<string> JudgedHere { get; } = ["Tag"];

    public IReadOnlyList<string> RefusedHere { get; } = ["HpcClusterId"];

    public Reply Run(Call call, Session store)
    {
        var network = Choice.Of(call, "InstanceNetworkType", "InvalidNetworkType.NotFound", "vpc", "classic");
        var internet = Choice.Of(call, "InternetChargeType", "InvalidInternetChargeType.ValueNotSupported", "PayByBandwidth", "PayByTraffic");
        var locked = Choice.Of(call, "LockReason", "InvalidLockReason.NotFound", "financial", "security", "Recycling", "dedicatedhostfinancial", "refunded");
        if (call.Text("HpcClusterId") is { } cluster) throw Error.Of("InvalidHpcClusterId.NotFound", cluster);
        var inner = IdList.Of(call, "InnerIpAddresses", "InvalidParameter");
        var list = new RowList(call, store, InstanceRow.View)
            .In("id", IdList.Of(call, "InstanceIds", "InvalidInstanceIds.Malformed"))
            .In("private_ip", inner ?? IdList.Of(call, "PrivateIpAddresses", "InvalidParameter"))
            .In("eip_address", IdList.Of(call, "EipAddresses", "InvalidParameter"))
            .In("public_ip", IdList.Of(call, "PublicIpAddresses", "InvalidParameter"))
            .In("instance_type", Family(call))
            .Where("name GLOB $name", "name", Pattern.Of(call.Text("InstanceName")))
            .Where("image = $image", "image", call.Text("ImageId"))
            .Where("instance_type = $type", "type", call.Text("InstanceType"))
            .Where("status = $status", "status", Choice.Of(call, "Status", "InvalidStatus.NotFound", "Pending", "Running", "Starting", "Stopping", "Stopped"))
            .Where("vpc = $vpc", "vpc", call.Text("VpcId"))
            .Where("vswitch = $vswitch", "vswitch", call.Text("VSwitchId"))
            .Where("zone = $zone", "zone", call.Text("ZoneId"))
            .Where("instr(',' || security_groups || ',', ',' || $sg || ',') > 0", "sg", call.Text("SecurityGroupId"))
            .Where("key_pair = $key", "key", call.Text("KeyPairName"))
            .Where("resource_group = $group", "group", call.Text("ResourceGroupId"))
            .Where("charge_type = $charge", "charge", Choice.Of(call, "InstanceChargeType", "InvalidInstanceChargeType.NotFound", "PostPaid", "PrePaid"))
            .Where("http_tokens = $tokens", "tokens", call.Text("HttpTokens"))
            .Where("(vpc = '') = $classic", "classic", inner is not null ? true : network is null ? null : network == "classic")
            .Where("internet_charge_type = $internet", "internet", internet)
            .NoneIf(locked is not null || call.Bool("IoOptimized") is false
                || call.Bool("DeviceAvailable") is false || call.Text("HttpEndpoint") == "disabled" || call.List("Ipv6Address").Count > 0
                || call.Text("RdmaIpAddresses") is not null || (inner is not null && (network == "vpc" || call.Text("PrivateIpAddresses") is not null)))
            .Tagged();
        foreach (var filter in call.Structs("Filter")) Created.Apply(list, filter);
        return list.Page("Instances", "Instance", r => InstanceJson.Of(store, InstanceRow.Read(r)));
    }

    private static string[]? Family(Call call) => call.Text("InstanceTypeFamily") is { } family
        ? [.. InstanceTypes.All.Where(t => t.Family == family).Select(static t => t.Id)] : null;
}
