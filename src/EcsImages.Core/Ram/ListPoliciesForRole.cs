using EcsImages.Core.Acs;

namespace EcsImages.Core.Ram;

internal sealed record ListPoliciesForRoleRequest
{
    public required string RoleName { get; init; }
}

internal sealed record ListPoliciesForRoleReply : AcsReply
{
    public PolicySetReply? Policies { get; init; }
}

internal sealed record PolicySetReply
{
    public IReadOnlyList<PolicyReply> Policy { get => field ?? []; init; } = [];
}

/// <summary>A policy that a role has.</summary>
internal sealed record PolicyReply
{
    public string? PolicyName { get; init; }

    /// <summary>System or Custom.</summary>
    public string? PolicyType { get; init; }
}
