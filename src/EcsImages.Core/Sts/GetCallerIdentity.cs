using EcsImages.Core.Acs;

namespace EcsImages.Core.Sts;

/// <summary>No parameters.</summary>
public sealed record GetCallerIdentityRequest;

/// <summary>Whose key it is.</summary>
public sealed record GetCallerIdentityReply : AcsReply
{
    /// <summary>The account that owns the key.</summary>
    public string? AccountId { get; init; }

    /// <summary>The identity's resource name.</summary>
    public string? Arn { get; init; }

    /// <summary>Account, RAMUser or AssumedRoleUser.</summary>
    public string? IdentityType { get; init; }

    /// <summary>The identity's id.</summary>
    public string? PrincipalId { get; init; }

    /// <summary>The RAM user's id, if it is one.</summary>
    public string? UserId { get; init; }

    /// <summary>The role's id, if it is one.</summary>
    public string? RoleId { get; init; }
}
