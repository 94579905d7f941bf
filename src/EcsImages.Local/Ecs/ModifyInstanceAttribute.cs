using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Changes what was given and leaves the rest; a new password and new user data are checked, and kept nowhere.</summary>
internal sealed class ModifyInstanceAttribute : IOperation
{
    // What nothing here stands for: to take it and to do nothing would be worse than to say so.
    private static readonly string[] Refused =
    [
        "CpuOptions.Core", "CpuOptions.NestedVirtualization", "CpuOptions.ThreadsPerCore", "CpuOptions.TopologyType", "CreditSpecification",
        "EnableJumboFrame", "EnableNetworkEncryption", "NetworkInterfaceQueueNumber", "PrivateDnsNameOptions.EnableInstanceIdDnsAAAARecord",
        "PrivateDnsNameOptions.EnableInstanceIdDnsARecord", "PrivateDnsNameOptions.EnableIpDnsARecord", "PrivateDnsNameOptions.EnableIpDnsPtrRecord",
        "PrivateDnsNameOptions.HostnameType", "Recyclable", "RemoteConnectionOptions.Password", "RemoteConnectionOptions.Type",
    ];

    public string Name => "ModifyInstanceAttribute";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere { get; } = ["InstanceName", "Description", "HostName", "Password", "SecurityGroupIds.N"];

    public IReadOnlyList<string> RefusedHere => Refused;

    public Reply Run(Call call, Session store)
    {
        var instance = Instances.NeedOwn(call, store);
        if (Refused.FirstOrDefault(r => call.Text(r) is not null) is { } refused)
            throw Error.Invalid(refused, "the instances of this endpoint have no such setting.");
        var name = NameRule.Name(call, "InstanceName", "InvalidInstanceName.Malformed");
        var description = NameRule.Description(call, "Description", "InvalidDescription.Malformed");
        if (call.Text("HostName") is { } host && !LaunchNames.IsHost(host, instance.OsType)) throw Error.Of("InvalidHostName.Malformed", host);
        LaunchLogin.CheckPassword(call.Text("Password"));
        if (call.Text("Password") is not null && instance.Status is InstanceRow.Starting or InstanceRow.Pending)
            throw Error.Of("IncorrectInstanceStatus", instance.Id, instance.Status);
        if (call.Text("UserData") is { } data) LaunchLogin.CheckUserData(data);
        if (call.Bool("DeletionProtection") is not null && instance.ChargeType == "PrePaid") throw Error.Of("ChargeTypeViolation", instance.Id);
        var groups = Groups(call, store, instance);
        store.Execute(
            """
            UPDATE instance SET name = coalesce($name, name), description = coalesce($description, description), host_name = coalesce($host, host_name),
                deletion_protection = coalesce($protected, deletion_protection), security_groups = coalesce($groups, security_groups) WHERE id = $id
            """,
            ("id", instance.Id), ("name", name), ("description", call.Text("Description") is null ? null : description), ("host", call.Text("HostName")),
            ("protected", call.Bool("DeletionProtection")), ("groups", groups));
        return Reply.Empty;
    }

    // The whole set, in the VPC of the instance.
    private static string? Groups(Call call, Session store, InstanceRow instance)
    {
        var groups = call.List("SecurityGroupIds");
        if (groups.Count == 0) return null;
        if (instance.VpcId.Length == 0) throw Error.Of("InvalidNetworkType.NotSupported", instance.Id);
        if (groups.Distinct(StringComparer.Ordinal).Count() < groups.Count) throw Error.Of("InvalidParameter.SecurityGroupIdRepeated");
        foreach (var group in groups)
        {
            var vpc = Networks.VpcOfGroup(store, call.Account, instance.RegionId, group) ?? throw Error.Of("InvalidSecurityGroupId.NotFound", group);
            if (vpc != instance.VpcId) throw Error.Of("InvalidSecurityGroupVpc.NotBelongToOneVpc", group, instance.VpcId);
        }
        return string.Join(',', groups);
    }
}
