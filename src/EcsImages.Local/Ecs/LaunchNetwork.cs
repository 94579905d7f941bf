using System.Net;
using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Where instances are launched: zone, vSwitch, security groups, and an address for each.</summary>
internal sealed record LaunchNetwork(VSwitchRow VSwitch, IReadOnlyList<string> Groups, IReadOnlyList<string> Addresses)
{
    public static LaunchNetwork Choose(Call call, Session store, int amount)
    {
        var asked = LaunchInterface.Read(call);
        var zones = Regions.Get(call.RegionId).Zones;
        var zone = call.Text("ZoneId");
        if (zone is not null && !zones.Contains(zone)) throw Error.Of("InvalidZoneId.NotFound", zone);
        Networks.Ensure(store, call.Account, call.RegionId, zones);
        var vswitch = FindVSwitch(call, store, asked, zone ?? zones[0]);
        if (!vswitch.IsReady) throw Error.Of("IncorrectVSwitchStatus", vswitch.Id, "Pending");
        if (zone is not null && vswitch.ZoneId != zone) throw Error.Of("InvalidVpcZone.NotSupported", vswitch.Id, zone);
        return new(vswitch, FindGroups(call, store, asked.Groups, vswitch), Allot(store, vswitch, asked.Address, amount));
    }

    // Without a vSwitch, a group of the classic network leads there, and anything else to the default vSwitch of the zone.
    private static VSwitchRow FindVSwitch(Call call, Session store, LaunchInterface asked, string zone)
    {
        if (asked.VSwitchId is { } id)
            return Networks.Find(store, call.Account, call.RegionId, id) ?? throw Error.Of("InvalidVSwitchId.NotFound", id);
        if (asked.Groups.Count > 0 && Networks.VpcOfGroup(store, call.Account, call.RegionId, asked.Groups[0]) is { } vpc
            && Networks.ClassicSwitch(store, vpc, zone) is { } classic) return classic;
        return Networks.Default(store, call.Account, call.RegionId, zone) ?? throw Error.Of("InvalidVSwitchId.NotFound", "there is none in " + zone);
    }

    private static IReadOnlyList<string> FindGroups(Call call, Session store, IReadOnlyList<string> groups, VSwitchRow vswitch)
    {
        if (groups.Count == 0)
            return [Networks.DefaultGroup(store, vswitch.VpcId) ?? throw Error.Missing("SecurityGroupId")];
        foreach (var group in groups)
        {
            var vpc = Networks.VpcOfGroup(store, call.Account, call.RegionId, group) ?? throw Error.Of("InvalidSecurityGroupId.NotFound", group);
            if (vpc != vswitch.VpcId) throw Error.Of("InvalidSecurityGroup.VpcMismatch", group, vswitch.VpcId);
        }
        return groups;
    }

    private static string[] Allot(Session store, VSwitchRow vswitch, string? wanted, int amount)
    {
        var range = new AddressRange(vswitch.Cidr);
        var taken = AddressRange.Taken(store, vswitch.Id);
        if (wanted is null)
        {
            string[] free = [.. range.Free(taken).Take(amount)];
            return free.Length == amount ? free : throw Error.Of("QuotaExceeded.PrivateIpAddress", vswitch.Id);
        }
        if (amount > 1) throw Error.Of("InvalidParam.Amount", "PrivateIpAddress is for one instance");
        if (!IPAddress.TryParse(wanted, out var address) || address.ToString() != wanted) throw Error.Of("InvalidPrivateIpAddress.Malformed", wanted);
        if (!range.Contains(address)) throw Error.Of("InvalidVSwitchId.IpInvalid", wanted, vswitch.Cidr);
        return taken.Contains(wanted) ? throw Error.Of("InvalidPrivateIpAddress.Duplicated", wanted) : [wanted];
    }
}
