namespace EcsImages.Core.Acs.Credentials;

/// <summary>The key of a client whose calls are not signed.</summary>
internal sealed class NoKey : ICredentialSource
{
    public static NoKey Instance { get; } = new();

    public string Description => "none";

    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) =>
        throw new CredentialException("NoCredentials", "This client of STS has no key: it calls only what needs none.");
}
