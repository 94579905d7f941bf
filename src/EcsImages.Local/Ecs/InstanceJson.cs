using System.Text.Json.Nodes;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>An instance as DescribeInstances shows it.</summary>
internal static class InstanceJson
{
    public static JsonObject Of(Session store, InstanceRow instance)
    {
        var isClassic = instance.VpcId.Length == 0;
        var json = new JsonObject
        {
            ["InstanceId"] = instance.Id,
            ["InstanceName"] = instance.Name,
            ["HostName"] = instance.HostName,
            ["Description"] = instance.Description,
            ["RegionId"] = instance.RegionId,
            ["ZoneId"] = instance.ZoneId,
            ["Status"] = instance.Status,
            ["StoppedMode"] = instance.Status == InstanceRow.Stopped ? instance.StoppedMode : "Not-applicable",
            ["ImageId"] = instance.ImageId,
            ["InstanceType"] = instance.InstanceType,
            ["OSType"] = instance.OsType,
            ["OSName"] = instance.OsName,
            ["OSNameEn"] = instance.OsNameEn,
            ["CreationTime"] = Times.Minute(instance.CreatedAt),
            ["StartTime"] = instance.Status == InstanceRow.Running ? Times.Minute(instance.StartedAt) : "",
            ["ExpiredTime"] = "2099-12-31T15:59Z",
            ["AutoReleaseTime"] = "",
            ["InstanceChargeType"] = instance.ChargeType,
            ["InstanceNetworkType"] = isClassic ? "classic" : "vpc",
            ["InternetChargeType"] = instance.InternetChargeType,
            ["InternetMaxBandwidthOut"] = instance.BandwidthOut,
            ["IoOptimized"] = true,
            ["DeviceAvailable"] = true,
            ["DeletionProtection"] = instance.DeletionProtection,
            ["KeyPairName"] = instance.KeyPair,
            ["ResourceGroupId"] = instance.ResourceGroup,
            ["SpotStrategy"] = "NoSpot",
            ["SpotDuration"] = 0,
            ["SpotPriceLimit"] = 0.0,
            // What no instance here has comes empty, as at the service: clients read the members without asking.
            ["ClusterId"] = "",
            ["CreditSpecification"] = "",
            ["DedicatedHostAttribute"] = Empty("DedicatedHostId", "DedicatedHostName", "DedicatedHostClusterId"),
            ["DedicatedInstanceAttribute"] = Empty("Affinity", "Tenancy"),
            ["DeploymentSetId"] = "",
            ["EcsCapacityReservationAttr"] = Empty("CapacityReservationId", "CapacityReservationPreference"),
            ["HibernationOptions"] = new JsonObject { ["Configured"] = false },
            ["HpcClusterId"] = "",
            ["RdmaIpAddress"] = Addresses(""),
            ["Recyclable"] = false,
            ["SaleCycle"] = "",
            ["VlanId"] = "",
            ["MetadataOptions"] = new JsonObject { ["HttpEndpoint"] = "enabled", ["HttpTokens"] = instance.HttpTokens },
            ["OperationLocks"] = Reply.Wrap("LockReason", []),
            ["SecurityGroupIds"] = Reply.Wrap("SecurityGroupId", instance.SecurityGroups.Select(static g => (JsonNode)g)),
            ["PublicIpAddress"] = Addresses(instance.PublicIp),
            ["InnerIpAddress"] = Addresses(isClassic ? instance.PrivateIp : ""),
            ["EipAddress"] = new JsonObject
            {
                ["AllocationId"] = instance.Eip?.Id ?? "",
                ["IpAddress"] = instance.Eip?.Address ?? "",
                ["InternetChargeType"] = instance.Eip?.ChargeType ?? "",
            },
            ["VpcAttributes"] = new JsonObject
            {
                ["VpcId"] = instance.VpcId,
                ["VSwitchId"] = isClassic ? "" : instance.VSwitchId,
                ["PrivateIpAddress"] = Addresses(isClassic ? "" : instance.PrivateIp),
                ["NatIpAddress"] = "",
            },
            ["NetworkInterfaces"] = Reply.Wrap("NetworkInterface", [new JsonObject
            {
                ["NetworkInterfaceId"] = "eni-" + instance.Id[2..],
                ["PrimaryIpAddress"] = instance.PrivateIp,
                ["Type"] = "Primary",
                ["PrivateIpSets"] = Reply.Wrap("PrivateIpSet",
                    [new JsonObject { ["Primary"] = true, ["PrivateIpAddress"] = instance.PrivateIp }]),
            }]),
            ["Tags"] = TagRows.Json(store, instance.Id),
        };
        if (instance.Eip is not null) json["EipAddress"]!["Bandwidth"] = instance.Eip.Bandwidth;
        if (InstanceTypes.Find(instance.InstanceType) is not { } type) return json;
        (json["InstanceTypeFamily"], json["Cpu"], json["Memory"]) = (type.Family, type.Cpus, (int)(type.MemoryGiB * 1024));
        (json["GPUAmount"], json["GPUSpec"]) = (type.Gpus, type.GpuSpec);
        return json;
    }

    private static JsonObject Empty(params ReadOnlySpan<string> members)
    {
        var json = new JsonObject();
        foreach (var member in members) json[member] = "";
        return json;
    }

    private static JsonObject Addresses(string address) => Reply.Wrap("IpAddress", address.Length == 0 ? [] : [address]);
}
