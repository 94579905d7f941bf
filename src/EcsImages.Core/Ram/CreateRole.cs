namespace EcsImages.Core.Ram;

internal sealed record CreateRoleRequest
{
    public required string RoleName { get; init; }

    /// <summary>Who may assume it: a policy, as a text.</summary>
    public required string AssumeRolePolicyDocument { get; init; }

    public string? Description { get; init; }
}
