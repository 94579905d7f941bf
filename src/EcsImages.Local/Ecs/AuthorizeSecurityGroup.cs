using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>Adds rules for what comes in; one that is there already is no error.</summary>
internal sealed class AuthorizeSecurityGroup : IOperation
{
    public string Name => "AuthorizeSecurityGroup";

    public bool Writes => true;

    public IReadOnlyList<string> JudgedHere => SecurityRules.Judged;

    public IReadOnlyList<string> RefusedHere { get; } = ["SourcePrefixListId", "Permissions.N.SourcePrefixListId", "Permissions.N.PortRangeListId"];

    public Reply Run(Call call, Session store) => SecurityRules.Authorize(call, store, SecurityRuleRow.Ingress);
}
