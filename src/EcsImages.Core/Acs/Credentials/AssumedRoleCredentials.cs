using EcsImages.Core.Sts;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>A role, and how to assume it.</summary>
/// <param name="RoleArn">Such as acs:ram::1234567890123456:role/builder.</param>
/// <param name="SessionName">2 to 64 characters; shows in the audit log.</param>
public sealed record AssumedRole(string RoleArn, string SessionName)
{
    /// <summary>How long a session lasts, in seconds; 900 and more.</summary>
    public int DurationSeconds { get; init; } = 3600;

    /// <summary>What a role of another company may ask for.</summary>
    public string? ExternalId { get; init; }

    /// <summary>A policy that narrows the session.</summary>
    public string? Policy { get; init; }

    /// <summary>The region whose STS is asked.</summary>
    public string StsRegionId { get; init; } = StsSession.DefaultRegionId;
}

/// <summary>Temporary keys of a role, renewed before they end.</summary>
/// <remarks>Source: STS AssumeRole.</remarks>
public sealed class AssumedRoleCredentials : ICredentialSource
{
    private readonly AcsClient _sts;
    private readonly AssumedRole _role;
    private readonly RenewedSession _session;

    /// <summary>Assumes the role with the key of a client of STS.</summary>
    public AssumedRoleCredentials(AcsClient sts, AssumedRole role, TimeProvider clock) =>
        (_sts, _role, _session) = (sts, role, new RenewedSession(AssumeAsync, clock));

    /// <inheritdoc/>
    public string Description => $"role {_role.RoleArn}";

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _session.GetAsync(stop);

    private async Task<AcsCredential> AssumeAsync(CancellationToken stop)
    {
        var reply = await _sts.CallAsync(StsApi.AssumeRole, _role.StsRegionId, new AssumeRoleRequest
        {
            RoleArn = _role.RoleArn,
            RoleSessionName = _role.SessionName,
            DurationSeconds = _role.DurationSeconds,
            ExternalId = _role.ExternalId,
            Policy = _role.Policy,
        }, stop).ConfigureAwait(false);
        return StsSession.Read(reply, StsApi.AssumeRole.Name, _role.RoleArn);
    }
}
