using System.Globalization;
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
    public string StsRegionId { get; init; } = "cn-hangzhou";
}

/// <summary>Temporary keys of a role, renewed before they end.</summary>
/// <remarks>Source: STS AssumeRole. A session that cannot be renewed is used until it really ends.</remarks>
[System.Diagnostics.CodeAnalysis.SuppressMessage("Reliability", "CA1001", Justification = "A SemaphoreSlim whose wait handle is not used holds nothing to dispose.")]
public sealed class AssumedRoleCredentials(AcsClient sts, AssumedRole role, TimeProvider clock) : ICredentialSource
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(3);
    private static readonly TimeSpan RenewalTime = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim _one = new(1, 1);
    private AcsCredential? _session;

    /// <inheritdoc/>
    public string Description => $"role {role.RoleArn}";

    /// <inheritdoc/>
    public async ValueTask<AcsCredential> GetAsync(CancellationToken stop)
    {
        if (Volatile.Read(ref _session) is { } fresh && Remaining(fresh) > Early) return fresh;
        await _one.WaitAsync(stop).ConfigureAwait(false);
        try
        {
            if (_session is { } renewed && Remaining(renewed) > Early) return renewed;
            return _session is { } old && Remaining(old) > TimeSpan.Zero
                ? _session = await RenewAsync(old, stop).ConfigureAwait(false)
                : _session = await AssumeAsync(stop).ConfigureAwait(false);
        }
        finally
        {
            _one.Release();
        }
    }

    // While the old session lives, a slow or failing STS must not cost the caller its own time.
    private async Task<AcsCredential> RenewAsync(AcsCredential old, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(RenewalTime, clock);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            return await AssumeAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception e) when (e is AcsException or CredentialException || (e is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return old;
        }
    }

    private TimeSpan Remaining(AcsCredential session) => session.Expiration!.Value - clock.GetUtcNow();

    private async Task<AcsCredential> AssumeAsync(CancellationToken stop)
    {
        var reply = await sts.CallAsync(StsApi.AssumeRole, role.StsRegionId, new AssumeRoleRequest
        {
            RoleArn = role.RoleArn,
            RoleSessionName = role.SessionName,
            DurationSeconds = role.DurationSeconds,
            ExternalId = role.ExternalId,
            Policy = role.Policy,
        }, stop).ConfigureAwait(false);
        if (reply.Credentials is not { AccessKeyId: { } id, AccessKeySecret: { } secret, SecurityToken: { } token, Expiration: { } end }
            || !DateTimeOffset.TryParse(end, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expiration))
            throw new CredentialException("InvalidSession", $"STS answered AssumeRole for {role.RoleArn} without a complete credential.");
        return new AcsCredential(id, secret, token, expiration);
    }
}
