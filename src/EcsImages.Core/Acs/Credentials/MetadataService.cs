namespace EcsImages.Core.Acs.Credentials;

/// <summary>The metadata service of an ECS instance, which hands out the keys of the instance's RAM role.</summary>
/// <remarks>Source: the hardened mode, with a token first; the open one only where the service has no tokens, and nobody forbids it.</remarks>
internal sealed class MetadataService(NearbyService nearby, Uri address, bool mayBeOpen)
{
    private const string TokenPath = "/latest/api/token";
    private const string RolesPath = "/latest/meta-data/ram/security-credentials/";
    private const string TokenHeader = "X-aliyun-ecs-metadata-token";
    private const string TokenSeconds = "21600";

    // Longer than a connection may take: who fires first tells whether anybody is there.
    private static readonly TimeSpan Patience = NearbyService.ConnectTime * 2;

    /// <summary>Where every instance finds it.</summary>
    public static Uri Usual { get; } = new("http://100.100.100.200");

    /// <summary>The service, as the variables permit it.</summary>
    /// <exception cref="CredentialException">They say that it must not be asked.</exception>
    public static MetadataService In(CredentialSurroundings around) => around.Says(CredentialVariables.MetadataDisabled)
        ? throw new CredentialException("MetadataDisabled", $"{CredentialVariables.MetadataDisabled} is true: the metadata service of the instance is not asked.")
        : new MetadataService(around.Nearby, around.MetadataAddress, !around.Says(CredentialVariables.OpenMetadataDisabled));

    /// <summary>A session of a role, or of the one that the instance has.</summary>
    /// <exception cref="CredentialException">There is no service, no role, or no answer; the code says which.</exception>
    public async Task<AcsCredential> SessionAsync(string? role, CancellationToken stop)
    {
        var token = await TokenAsync(stop).ConfigureAwait(false);
        role ??= await RoleAsync(token, stop).ConfigureAwait(false);
        var answer = await GetAsync(RolesPath + Uri.EscapeDataString(role), token, stop).ConfigureAwait(false);
        if (answer.Status is 404) throw new CredentialException("NoInstanceRole", $"The metadata service at {address.Authority} knows no role '{role}' of this instance. Attach it to the instance, or name the one that it has.");
        return SessionReply.Read(Need(answer), $"The metadata service at {address.Authority}");
    }

    private async Task<string?> TokenAsync(CancellationToken stop)
    {
        var answer = await nearby.AskAsync(HttpMethod.Put, new Uri(address, TokenPath), new(TokenHeader + "-ttl-seconds", TokenSeconds), Patience, stop).ConfigureAwait(false);
        if (answer is { Status: 200, Text.Length: > 0 }) return answer.Text.Trim();
        if (answer.IsUnreachable) throw Unreachable(answer);
        return mayBeOpen ? null : throw new CredentialException("MetadataRefused",
            $"The metadata service at {address.Authority} gives no token: {answer.Failure}. Without one it is not asked, for {CredentialVariables.OpenMetadataDisabled} is true.");
    }

    private async Task<string> RoleAsync(string? token, CancellationToken stop)
    {
        var answer = await GetAsync(RolesPath, token, stop).ConfigureAwait(false);
        var role = answer.Status is 404 ? "" : Need(answer).Split('\n')[0].Trim();
        return role.Length > 0 ? role : throw new CredentialException("NoInstanceRole",
            $"The instance has no RAM role: the metadata service at {address.Authority} names none. Attach a role to the instance.");
    }

    private Task<NearbyAnswer> GetAsync(string path, string? token, CancellationToken stop) =>
        nearby.AskAsync(HttpMethod.Get, new Uri(address, path), new(TokenHeader, token), Patience, stop);

    private string Need(NearbyAnswer answer) => answer.Status is 200 ? answer.Text
        : answer.IsUnreachable ? throw Unreachable(answer)
        : throw new CredentialException("MetadataRefused", $"The metadata service at {address.Authority} gives no key: {answer.Failure}.");

    private CredentialException Unreachable(NearbyAnswer answer) =>
        new("MetadataUnreachable", $"There is no metadata service at {address.Authority}: {answer.Failure}. Only ECS instances have one.");
}
