namespace EcsImages.Core.Acs;

/// <summary>An access key, or the temporary key of a session with its token. Its text form shows no secret.</summary>
/// <param name="AccessKeyId">The public half.</param>
/// <param name="AccessKeySecret">The secret half.</param>
/// <param name="SecurityToken">The session token that belongs to a temporary key.</param>
/// <param name="Expiration">When a temporary key ends (UTC); null for one that does not.</param>
public sealed record AcsCredential(
    string AccessKeyId, string AccessKeySecret, string? SecurityToken = null, DateTimeOffset? Expiration = null)
{
    /// <summary>The key id, shortened; never the secret or the token.</summary>
    public override string ToString() => Redaction.ShortenKeyId(AccessKeyId);
}

/// <summary>Hands out a credential that is valid now, fetching a new one before the old one ends.</summary>
public interface ICredentialSource
{
    /// <summary>Where the credential comes from, in words for a person; without any secret.</summary>
    string Description { get; }

    /// <summary>A credential that is valid now.</summary>
    /// <exception cref="CredentialException">There is none, or it cannot be refreshed; the message says what to do.</exception>
    ValueTask<AcsCredential> GetAsync(CancellationToken stop);
}

/// <summary>No usable credential; the message says where was looked and what to do.</summary>
public sealed class CredentialException : Exception
{
    /// <summary>Makes the error.</summary>
    /// <param name="code">A stable word for scripts, such as NoCredentials or InvalidProfile.</param>
    /// <param name="message">What is missing or wrong, where, and what to do; no secret.</param>
    /// <param name="inner">The cause.</param>
    public CredentialException(string code, string message, Exception? inner = null) : base(message, inner) => Code = code;

    /// <summary>A stable word for scripts.</summary>
    public string Code { get; }
}
