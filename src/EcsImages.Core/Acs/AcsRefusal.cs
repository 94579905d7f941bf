using EcsImages.Core.Ram;

namespace EcsImages.Core.Acs;

/// <summary>What RAM refused, and to whom: from the call itself, and from what the service says of it.</summary>
/// <remarks>Source: the field AccessDeniedDetail of error replies, as the SDKs of 2025 read it.</remarks>
public sealed record AcsRefusal
{
    /// <summary>The action that is not allowed, such as ecs:CopyImage.</summary>
    public required string Action { get; init; }

    /// <summary>The names of the resources that it was to act on; * stands for what is not known.</summary>
    public required IReadOnlyList<string> Resources { get; init; }

    /// <summary>Who was refused, such as "RAM user builder"; null where nobody says.</summary>
    public string? Principal { get; init; }

    /// <summary>Whether a policy denies it, rather than none allowing it: then no further Allow helps.</summary>
    public bool IsExplicit { get; init; }

    /// <summary>The kind of the policy that decided, such as AccountLevelIdentityBasedPolicy or ControlPolicy.</summary>
    public string? PolicyType { get; init; }

    /// <summary>The statement that is missing, on one line, to be pasted into a policy.</summary>
    /// <remarks>What only reads is allowed for all resources of the kind: the next run reads another snapshot, or the next copy.</remarks>
    public string Statement => RamPolicyWriter.Write(LeastPolicy.Allow([Action], IsReading ? [.. Resources.Select(OfKind).Distinct(StringComparer.Ordinal)] : Resources));

    private bool IsReading => Action.Split(':')[^1] is var operation && (operation.StartsWith("Describe", StringComparison.Ordinal)
        || operation.StartsWith("Get", StringComparison.Ordinal) || operation.StartsWith("List", StringComparison.Ordinal));

    private static string OfKind(string resource) => resource.LastIndexOf('/') is var slash and >= 0 ? resource[..(slash + 1)] + "*" : resource;
}

/// <summary>Whose calls they are, for messages and for the names of resources.</summary>
/// <param name="AccountId">The account.</param>
/// <param name="Principal">Such as "RAM user builder"; null for the account's owner.</param>
internal sealed record AcsCaller(string AccountId, string? Principal);
