using System.Net;
using System.Net.Sockets;
using System.Text.Json;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>Where the instance of an update is launched: in a vSwitch that there is, or in a network that is made for the time.</summary>
internal sealed record UpdateNetwork
{
    // Source: CreateVpc and CreateVSwitch: /8 to /28, and /16 to /29.
    private const int WidestVpc = 8, NarrowestVpc = 28, WidestVSwitch = 16, NarrowestVSwitch = 29;

    public string? ZoneId { get; init; }

    public string? VSwitchId { get; init; }

    public string? SecurityGroupId { get; init; }

    /// <summary>Whether the two are the region's own defaults, rather than named.</summary>
    public bool IsDefault { get; init; }

    public bool IsMade { get; init; }

    public string? VpcBlock { get; init; }

    public string? VSwitchBlock { get; init; }

    /// <summary>A network to be made, of these blocks or the template's.</summary>
    /// <exception cref="PreconditionException">No blocks of addresses, or the one is not within the other.</exception>
    public static UpdateNetwork ToMake(string? vpcBlock, string? vswitchBlock, string? zoneId)
    {
        var whole = Block(vpcBlock ?? UpdateTemplate.DefaultVpcBlock, WidestVpc, NarrowestVpc, "VpcCidrBlock", UpdateTemplate.DefaultVpcBlock);
        var part = Block(vswitchBlock ?? UpdateTemplate.DefaultVSwitchBlock, WidestVSwitch, NarrowestVSwitch, "VSwitchCidrBlock", UpdateTemplate.DefaultVSwitchBlock);
        if (!whole.Contains(part.BaseAddress) || part.PrefixLength < whole.PrefixLength)
            throw new PreconditionException("InvalidCidrBlock", $"The addresses of the vSwitch, {part}, do not lie within those of the VPC, {whole}. Name both with -VpcCidrBlock and -VSwitchCidrBlock.");
        return new() { IsMade = true, VpcBlock = vpcBlock, VSwitchBlock = vswitchBlock, ZoneId = zoneId };
    }

    public void Write(Utf8JsonWriter json)
    {
        if (IsMade) json.WriteBoolean(UpdateTemplate.WhetherCreateVpc, true);
        foreach (var (name, value) in ((string, string?)[])[("zoneId", ZoneId), ("vpcCidrBlock", VpcBlock), ("vSwitchCidrBlock", VSwitchBlock), ("vSwitchId", VSwitchId), ("securityGroupId", SecurityGroupId)])
            if (value is not null) json.WriteString(name, value);
    }

    /// <summary>In words.</summary>
    public override string ToString() => IsMade
        ? $"a VPC that is made for it ({VpcBlock ?? UpdateTemplate.DefaultVpcBlock}) and deleted after it"
        : $"{(IsDefault ? "the default vSwitch" : "the vSwitch")} {VSwitchId} with the security group {SecurityGroupId}";

    private static IPNetwork Block(string text, int widest, int narrowest, string parameter, string example) =>
        IPNetwork.TryParse(text, out var block) && block.BaseAddress.AddressFamily == AddressFamily.InterNetwork && block.PrefixLength >= widest && block.PrefixLength <= narrowest
            ? block
            : throw new PreconditionException("InvalidCidrBlock", $"'{text}' is no block of IPv4 addresses from /{widest} to /{narrowest} (-{parameter}). Write it like {example}, with the first address of the block.");
}
