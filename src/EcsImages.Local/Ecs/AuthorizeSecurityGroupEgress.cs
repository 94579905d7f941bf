using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Adds rules for what goes out; one that is there already is no error.</summary>
internal sealed class AuthorizeSecurityGroupEgress : IOperation
{
    public string Name => "AuthorizeSecurityGroupEgress";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => SecurityRules.Judged;

    public IReadOnlyList<string> RefusedHere { get; } = ["DestPrefixListId", "Permissions.N.DestPrefixListId", "Permissions.N.PortRangeListId"];

    public Reply Run(Call call, Session store) => SecurityRules.Authorize(call, store, SecurityRuleRow.Egress);
}
