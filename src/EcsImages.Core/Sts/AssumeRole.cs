using EcsImages.Core.Acs;

namespace EcsImages.Core.Sts;

/// <summary>Parameters of AssumeRole.</summary>
public sealed record AssumeRoleRequest
{
    /// <summary>The role.</summary>
    public required string RoleArn { get; init; }

    /// <summary>2 to 64 characters.</summary>
    public required string RoleSessionName { get; init; }

    /// <summary>Seconds.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>What a role of another company may ask for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A policy that narrows the session.</summary>
    public string? Policy { get; init; }
}

/// <summary>The session.</summary>
public sealed record AssumeRoleReply : AcsReply
{
    /// <summary>The temporary key.</summary>
    public SessionCredentials? Credentials { get; init; }

    /// <summary>The temporary key.</summary>
    public sealed record SessionCredentials
    {
        /// <summary>Begins with STS.</summary>
        public string? AccessKeyId { get; init; }

        /// <summary>The secret.</summary>
        public string? AccessKeySecret { get; init; }

        /// <summary>The token.</summary>
        public string? SecurityToken { get; init; }

        /// <summary>UTC.</summary>
        public string? Expiration { get; init; }

        /// <inheritdoc/>
        public override string ToString() => nameof(SessionCredentials);
    }
}
