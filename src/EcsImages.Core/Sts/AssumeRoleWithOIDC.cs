namespace EcsImages.Core.Sts;

/// <summary>Parameters of AssumeRoleWithOIDC; its reply is that of AssumeRole.</summary>
public sealed record AssumeRoleWithOIDCRequest
{
    /// <summary>Who issued the token, as RAM knows it.</summary>
    public string? OIDCProviderArn { get; init; }

    /// <summary>The token of the identity provider; a secret.</summary>
    public string? OIDCToken { get; init; }

    /// <summary>The role.</summary>
    public string? RoleArn { get; init; }

    /// <summary>2 to 64 characters.</summary>
    public required string RoleSessionName { get; init; }

    /// <summary>Seconds.</summary>
    public long? DurationSeconds { get; init; }

    /// <summary>A policy that narrows the session.</summary>
    public string? Policy { get; init; }

    // Records print their members; this one holds a secret.
    /// <inheritdoc/>
    public override string ToString() => $"{nameof(AssumeRoleWithOIDCRequest)} {RoleArn}";
}
