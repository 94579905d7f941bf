namespace EcsImages.Core.Acs.Credentials;

/// <summary>The access key in ALIBABA_CLOUD_ACCESS_KEY_ID, _SECRET and ALIBABA_CLOUD_SECURITY_TOKEN.</summary>
/// <remarks>The variables are read at every call: a runbook host that renews them is followed.</remarks>
public sealed class EnvironmentCredentials : ICredentialSource
{
    /// <summary>Names the access key id.</summary>
    public const string KeyId = "ALIBABA_CLOUD_ACCESS_KEY_ID";

    /// <summary>Names the secret.</summary>
    public const string KeySecret = "ALIBABA_CLOUD_ACCESS_KEY_SECRET";

    /// <summary>Names the token of a temporary key.</summary>
    public const string Token = "ALIBABA_CLOUD_SECURITY_TOKEN";

    private readonly Func<string, string?> _read;

    private EnvironmentCredentials(Func<string, string?> read) => _read = read;

    /// <inheritdoc/>
    public string Description => "environment variables";

    /// <summary>The source, if the variables are there; null if neither of the two is.</summary>
    /// <param name="read">Reads a variable.</param>
    /// <exception cref="CredentialException">Only one half of the key is there.</exception>
    public static EnvironmentCredentials? Find(Func<string, string?> read)
    {
        if (string.IsNullOrEmpty(read(KeyId)) && string.IsNullOrEmpty(read(KeySecret))) return null;
        var source = new EnvironmentCredentials(read);
        source.Read();
        return source;
    }

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => ValueTask.FromResult(Read());

    private AcsCredential Read() => new(Need(KeyId), Need(KeySecret), _read(Token) is { Length: > 0 } token ? token : null);

    private string Need(string name) => _read(name) is { Length: > 0 } value
        ? value
        : throw new CredentialException("NoCredentials", $"The environment variable {name} is not set. {KeyId} and {KeySecret} are needed together.");
}
