namespace EcsImages.Core.Acs.Credentials;

/// <summary>One access key that does not change.</summary>
public sealed class StaticCredentials(AcsCredential credential, string description) : ICredentialSource
{
    /// <inheritdoc/>
    public string Description => description;

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => ValueTask.FromResult(credential);
}
