namespace EcsImages.Core.Ram;

internal sealed record AttachPolicyToRoleRequest
{
    public required string RoleName { get; init; }

    public required string PolicyName { get; init; }

    /// <summary>System or Custom.</summary>
    public required string PolicyType { get; init; }
}
