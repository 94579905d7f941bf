namespace EcsImages.Core.Acs.Credentials;

/// <summary>Temporary keys of the RAM role of the ECS instance that this runs on.</summary>
internal sealed class EcsRoleCredentials : ICredentialSource
{
    private readonly string? _role;
    private readonly RenewedSession _session;

    /// <param name="metadata">Hands them out.</param>
    /// <param name="role">The role; null asks which one the instance has, at each renewal.</param>
    /// <param name="clock">Tells when a session must be renewed.</param>
    public EcsRoleCredentials(MetadataService metadata, string? role, TimeProvider clock)
    {
        _role = string.IsNullOrEmpty(role) ? null : role;
        _session = new RenewedSession(stop => metadata.SessionAsync(_role, stop), clock);
    }

    /// <inheritdoc/>
    public string Description => _role is null ? "RAM role of this ECS instance" : $"RAM role {_role} of this ECS instance";

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _session.GetAsync(stop);
}
