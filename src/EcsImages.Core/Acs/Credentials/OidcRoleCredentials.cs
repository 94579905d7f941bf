using EcsImages.Core.Sts;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>Temporary keys of a role that trusts an identity provider, such as that of a Kubernetes cluster.</summary>
/// <remarks>Source: STS AssumeRoleWithOIDC.</remarks>
internal sealed class OidcRoleCredentials : ICredentialSource
{
    private const int LongestToken = 20_000;
    private readonly AcsClient _sts;
    private readonly AssumedRole _role;
    private readonly string _providerArn;
    private readonly string _tokenFile;
    private readonly RenewedSession _session;

    public OidcRoleCredentials(AcsClient sts, AssumedRole role, string providerArn, string tokenFile, TimeProvider clock)
    {
        (_sts, _role, _providerArn, _tokenFile) = (sts, role, providerArn, tokenFile);
        _session = new RenewedSession(AssumeAsync, clock);
    }

    /// <inheritdoc/>
    public string Description => $"OIDC role {_role.RoleArn}";

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _session.GetAsync(stop);

    private async Task<AcsCredential> AssumeAsync(CancellationToken stop)
    {
        var reply = await _sts.CallAsync(StsApi.AssumeRoleWithOIDC, _role.StsRegionId, new AssumeRoleWithOIDCRequest
        {
            OIDCProviderArn = _providerArn,
            OIDCToken = await TokenAsync(stop).ConfigureAwait(false),
            RoleArn = _role.RoleArn,
            RoleSessionName = _role.SessionName,
            DurationSeconds = _role.DurationSeconds,
            Policy = _role.Policy,
        }, stop).ConfigureAwait(false);
        return StsSession.Read(reply, StsApi.AssumeRoleWithOIDC.Name, _role.RoleArn);
    }

    private async Task<string> TokenAsync(CancellationToken stop)
    {
        try
        {
            // A wrong path, to a disk or a log, must not end up in memory, or at STS.
            if (new FileInfo(_tokenFile) is { Exists: true, Length: > LongestToken } file)
                throw new CredentialException("InvalidOidcToken", $"The OIDC token file {_tokenFile} has {file.Length} bytes; a token has {LongestToken} at the most.");
            var token = (await File.ReadAllTextAsync(_tokenFile, stop).ConfigureAwait(false)).Trim();
            return token.Length > 0 ? token : throw new CredentialException("InvalidOidcToken", $"The OIDC token file {_tokenFile} is empty.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException("InvalidOidcToken", $"The OIDC token file {_tokenFile} cannot be read: {e.Message}", e);
        }
    }
}
