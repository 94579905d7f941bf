namespace EcsImages.Core.Acs.Credentials;

/// <summary>Temporary keys that a service of the user's own hands out, on a plain GET.</summary>
internal sealed class UriCredentials : ICredentialSource
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private readonly NearbyService _nearby;
    private readonly Uri _address;
    private readonly RenewedSession _session;

    private UriCredentials(NearbyService nearby, Uri address, TimeProvider clock)
    {
        (_nearby, _address) = (nearby, address);
        _session = new RenewedSession(FetchAsync, clock);
    }

    // The path and the query can be what keeps others out: neither is shown.
    /// <inheritdoc/>
    public string Description => $"credentials URI at {_address.Authority}";

    /// <param name="around">How it is asked.</param>
    /// <param name="address">Where.</param>
    /// <param name="where">What named it.</param>
    /// <exception cref="CredentialException">It is no address; it is not quoted.</exception>
    public static UriCredentials At(CredentialSurroundings around, string address, string where) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? new UriCredentials(around.Nearby, uri, around.Clock)
            : throw new CredentialException("InvalidCredentialsUri", $"{where} is no address such as http://127.0.0.1:8080/credentials.");

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _session.GetAsync(stop);

    private async Task<AcsCredential> FetchAsync(CancellationToken stop)
    {
        var answer = await _nearby.AskAsync(HttpMethod.Get, _address, default, Patience, stop).ConfigureAwait(false);
        return answer.Status is 200
            ? SessionReply.Read(answer.Text, $"The credentials URI at {_address.Authority}")
            : throw new CredentialException("CredentialsUriFailed", $"The credentials URI at {_address.Authority} gives no key: {answer.Failure}.");
    }
}
