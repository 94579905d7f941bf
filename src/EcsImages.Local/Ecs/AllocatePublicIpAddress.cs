using System.Net;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Gives an instance a public address of its own, once.</summary>
internal sealed class AllocatePublicIpAddress : IOperation
{
    public string Name => "AllocatePublicIpAddress";

    public bool Writes => true;

    public IReadOnlyList<string> RefusedHere { get; } = ["IpAddress", "VlanId"];

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        if (call.Text("VlanId") is { } vlan) throw Error.Of("InvalidVlanId.NotFound", vlan);
        // Which address it shall be is for a few accounts to choose, and for none of these.
        if (call.Text("IpAddress") is { } wanted) throw Error.Of(IPAddress.TryParse(wanted, out _) ? "InvalidIpAddress.NotFound" : "InvalidIpAddress.Malformed", wanted);
        if (instance.Status is not (InstanceRow.Running or InstanceRow.Stopped)) throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        if (instance.PublicIp.Length > 0 || instance.Eip is not null) throw Error.Of("AllocatedAlready", instance.Id, instance.Eip?.Address ?? instance.PublicIp);
        if (instance.BandwidthOut == 0) throw Error.Of("AllocateIpInvalidInstanceBandwidth", instance.Id);
        var address = PublicAddresses.Free(store) ?? throw Error.Of("InsufficientPublicIp");
        store.Execute("UPDATE instance SET public_ip = $address WHERE id = $id", ("id", instance.Id), ("address", address));
        return new(new JsonObject { ["IpAddress"] = address });
    }
}
