using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>Finds a place for the instance of an update, and checks one that was named.</summary>
internal sealed class UpdateNetworks(EcsAccess access, string regionId)
{
    private const int MostVSwitches = 50, MostGroups = 100;

    /// <summary>The vSwitch and the group that were named, which have to be of one VPC.</summary>
    /// <exception cref="PreconditionException">With the code that RunInstances has for it.</exception>
    public async Task<UpdateNetwork> NamedAsync(string vSwitchId, string groupId, string? zoneId, CancellationToken stop)
    {
        var vSwitch = (await VSwitchesAsync(new() { VSwitchId = vSwitchId }, stop).ConfigureAwait(false)).FirstOrDefault(s => s.VSwitchId == vSwitchId)
            ?? throw new EcsNotFoundException("InvalidVSwitchId.NotFound", $"There is no vSwitch '{vSwitchId}' in {regionId}. vSwitches are bound to a region: name it with -RegionId.");
        var group = (await GroupsAsync(new() { RegionId = regionId, SecurityGroupId = groupId }, stop).ConfigureAwait(false)).FirstOrDefault(g => g.SecurityGroupId == groupId)
            ?? throw new EcsNotFoundException("InvalidSecurityGroupId.NotFound", $"There is no security group '{groupId}' in {regionId}. Security groups are bound to a region: name it with -RegionId.");
        if (vSwitch.VpcId != group.VpcId)
            throw new PreconditionException("InvalidSecurityGroup.VpcMismatch",
                $"The vSwitch '{vSwitchId}' is of {vSwitch.VpcId}, and the security group '{groupId}' of {Wire.NotEmpty(group.VpcId) ?? "the classic network"}: they must be of one VPC.");
        if (zoneId is not null && vSwitch.ZoneId != zoneId)
            throw new PreconditionException("InvalidVpcZone.NotSupported", $"The vSwitch '{vSwitchId}' is in {vSwitch.ZoneId}, not in {zoneId}. Leave -ZoneId out, or name a vSwitch of that zone.");
        return new() { VSwitchId = vSwitchId, SecurityGroupId = groupId, ZoneId = zoneId };
    }

    /// <summary>The default vSwitch of the region, or of a zone, with the one security group of its VPC.</summary>
    /// <exception cref="PreconditionException">There is none, or nobody can tell which.</exception>
    public async Task<UpdateNetwork> DefaultAsync(string? zoneId, CancellationToken stop)
    {
        var where = zoneId is null ? regionId : $"the zone {zoneId} of {regionId}";
        var vSwitch = (await VSwitchesAsync(new() { IsDefault = true, ZoneId = zoneId }, stop).ConfigureAwait(false))
            .Where(static s => s is { Status: "Available", AvailableIpAddressCount: null or > 0 })
            .OrderBy(static s => s.ZoneId, StringComparer.Ordinal).FirstOrDefault()
            ?? throw new PreconditionException("DefaultNetworkMissing",
                $"There is no default vSwitch with a free address in {where}. Name one with -VSwitchId and -SecurityGroupId, or have a network made for the time with -CreateVpc.");
        var groups = (await GroupsAsync(new() { RegionId = regionId, VpcId = vSwitch.VpcId }, stop).ConfigureAwait(false)).Where(static g => g.ServiceManaged is not true).ToArray();
        if (groups is [var only]) return new() { VSwitchId = vSwitch.VSwitchId, SecurityGroupId = only.SecurityGroupId, ZoneId = zoneId, IsDefault = true };
        var found = groups.Length == 0 ? "no security group" : $"{groups.Length} security groups ({Listed.Some([.. groups.Select(static g => $"{g.SecurityGroupId} {g.SecurityGroupName}".TrimEnd())])})";
        throw new PreconditionException("DefaultNetworkUnclear",
            $"The default VPC {vSwitch.VpcId} in {regionId} has {found}. Say which with -VSwitchId {vSwitch.VSwitchId} -SecurityGroupId <id>, or have a network made for the time with -CreateVpc.");
    }

    private async Task<IReadOnlyList<VSwitchReply>> VSwitchesAsync(DescribeVSwitchesRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeVSwitches, regionId, request with { RegionId = regionId, PageSize = MostVSwitches }, stop).ConfigureAwait(false);
        return [.. (reply.VSwitches?.VSwitch ?? []).OfType<VSwitchReply>()];
    }

    private async Task<IReadOnlyList<SecurityGroupReply>> GroupsAsync(DescribeSecurityGroupsRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeSecurityGroups, regionId, request with { MaxResults = MostGroups }, stop).ConfigureAwait(false);
        return [.. (reply.SecurityGroups?.SecurityGroup ?? []).OfType<SecurityGroupReply>()];
    }
}
