using EcsImages.Core.Acs;

namespace EcsImages.Core.Ram;

internal sealed record GetRoleRequest
{
    public required string RoleName { get; init; }
}

internal sealed record GetRoleReply : AcsReply
{
    public RoleReply? Role { get; init; }
}

/// <summary>A role as RAM describes it.</summary>
internal sealed record RoleReply
{
    public string? RoleName { get; init; }

    public string? Arn { get; init; }

    /// <summary>Who may assume it: a policy, as a text.</summary>
    public string? AssumeRolePolicyDocument { get; init; }
}
