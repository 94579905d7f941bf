using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>What a call says of the network interface of its instances: they have one, the primary. It is described by parameters of the call, or by NetworkInterface.1.</summary>
/// <param name="VSwitchId">Null where another is to be found.</param>
/// <param name="Groups">The security groups; empty where others are to be found.</param>
/// <param name="Address">The private address; null where any will do.</param>
internal sealed record LaunchInterface(string? VSwitchId, IReadOnlyList<string> Groups, string? Address)
{
    public const string Parameter = "NetworkInterface";

    /// <summary>The parameters that say the same as members of NetworkInterface.</summary>
    public static readonly string[] Counterparts = ["VSwitchId", "SecurityGroupId", "SecurityGroupIds", "PrivateIpAddress"];

    /// <summary>The patterns whose every value is refused: there are no interfaces that have been made before.</summary>
    public static readonly string[] Refused = [Parameter + ".N.NetworkInterfaceId"];

    /// <exception cref="EndpointError">There is a second interface, or one is described in both ways.</exception>
    public static LaunchInterface Read(Call call)
    {
        var plain = Of(call, "PrivateIpAddress");
        var given = call.Structs(Parameter);
        if (given.Count == 0) return plain;
        if (given.Count > 1) throw Error.Of("InvalidParam.SecondaryNetworkInterface", $"the call describes {given.Count}");
        if (given[0].Text("InstanceType") is { } type and not "Primary") throw Error.Of("InvalidParam.SecondaryNetworkInterface", $"{given[0].NameOf("InstanceType")} is {type}");
        if (given[0].Text("NetworkInterfaceId") is { } id) throw Error.Of("InvalidOperation.InvalidNetworkInterfaceId", id);
        return plain is { VSwitchId: null, Groups.Count: 0, Address: null } ? Of(given[0], "PrimaryIpAddress")
            : throw Error.Of("InvalidParam.NetworkInterface", $"beside it the call has one of {string.Join(", ", Counterparts)}");
    }

    private static LaunchInterface Of(Parameters asked, string address)
    {
        var groups = asked.List("SecurityGroupIds");
        if (asked.Text("SecurityGroupId") is { } one)
            groups = groups.Count == 0 ? [one] : throw Error.Of("InvalidSecurityGroupId.SingleIdAndMultiIdConflict");
        return new(asked.Text("VSwitchId"), groups, asked.Text(address));
    }
}
