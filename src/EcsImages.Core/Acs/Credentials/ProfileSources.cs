namespace EcsImages.Core.Acs.Credentials;

/// <summary>What the profiles of a file stand for, by their modes.</summary>
internal sealed class ProfileSources(ProfileFile file, CredentialSurroundings around)
{
    private const string Modes = "AK, StsToken, RamRoleArn, ChainableRamRoleArn, EcsRamRole, OIDC and CredentialsURI";

    /// <exception cref="CredentialException">The profile is not usable; the message says why.</exception>
    public ICredentialSource Of(ProfileShape profile) => Of(profile, []);

    // The names of the profiles that were passed on the way here: one that comes again is its own source.
    private ICredentialSource Of(ProfileShape profile, List<string> passed) => profile.Mode?.ToUpperInvariant() switch
    {
        "AK" or null or "" => Key(profile, withToken: false),
        "STSTOKEN" => Key(profile, withToken: true),
        "RAMROLEARN" => Role(profile, Key(profile, withToken: profile.StsToken is { Length: > 0 })),
        "CHAINABLERAMROLEARN" => Role(profile, Of(Next(profile, passed), passed)),
        "ECSRAMROLE" => new EcsRoleCredentials(MetadataService.In(around), profile.RamRoleName, around.Clock),
        "OIDC" => new OidcRoleCredentials(
            Sts(profile, NoKey.Instance), AssumedRole(profile),
            Need(profile, profile.OidcProviderArn, "oidc_provider_arn"), Need(profile, profile.OidcTokenFile, "oidc_token_file"), around.Clock),
        "CREDENTIALSURI" => UriCredentials.At(around, Need(profile, profile.CredentialsUri, "credentials_uri"), $"credentials_uri of {Named(profile)}"),
        "CLOUDSSO" or "OAUTH" => KeptSession(profile),
        "EXTERNAL" => throw Refused(profile, "Its key comes from a program, and this module starts none. Run the program, and hand its key to Connect-EcsAccount -Credential."),
        _ => throw Refused(profile, $"It uses {Modes}, and the sessions that the official client keeps for CloudSSO and OAuth."),
    };

    private AssumedRoleCredentials Role(ProfileShape profile, ICredentialSource source) =>
        new(Sts(profile, source), AssumedRole(profile), around.Clock);

    private ProfileShape Next(ProfileShape profile, List<string> passed)
    {
        passed.Add(profile.Name!);
        var next = Need(profile, profile.SourceProfile, "source_profile");
        return passed.Contains(next)
            ? throw new CredentialException("InvalidProfile", $"The source_profile of {Named(profile)} leads back to itself: {string.Join(" -> ", passed.Append(next))}.")
            : file.Find(next);
    }

    private AssumedRole AssumedRole(ProfileShape profile) =>
        new(Need(profile, profile.RamRoleArn, "ram_role_arn"), profile.RamSessionName is { Length: > 0 } session ? session : StsSession.DefaultName)
        {
            DurationSeconds = profile.ExpiredSeconds is > 0 ? profile.ExpiredSeconds.Value : 3600,
            ExternalId = Given(profile.ExternalId),
            Policy = Given(profile.Policy),
            StsRegionId = StsSession.Region(Given(profile.StsRegion) ?? profile.RegionId, Named(profile)),
        };

    private AcsClient Sts(ProfileShape profile, ICredentialSource key) => around.Sts(
        key, StsSession.Endpoint(profile.StsEndpoint, Given(profile.StsRegion) ?? profile.RegionId, profile.EnableVpc is true, Named(profile)));

    private RereadKey Key(ProfileShape profile, bool withToken) => new(
        file.Path, $"profile {profile.Name}", KeyOf(profile, withToken),
        async stop => await ProfileFile.TryReadAsync(file.Path, stop).ConfigureAwait(false) is { } changed ? KeyOf(changed.Find(profile.Name), withToken) : null,
        around.Clock);

    // Signing in takes a browser: the official client does it, and keeps the session in the profile.
    private RereadKey KeptSession(ProfileShape profile)
    {
        var remedy = $"Run a command of the official client with it, such as 'aliyun sts GetCallerIdentity --profile {profile.Name}', which writes a new one.";
        if (profile.StsExpiration is not > 0 || string.IsNullOrEmpty(profile.StsToken))
            throw new CredentialException("SessionExpired", $"{Named(profile)} has mode {profile.Mode}, and holds no session. {remedy}");
        return new(
            file.Path, $"profile {profile.Name}", SessionOf(profile),
            async stop => await ProfileFile.TryReadAsync(file.Path, stop).ConfigureAwait(false) is { } changed ? SessionOf(changed.Find(profile.Name)) : null,
            around.Clock)
        { Remedy = remedy };
    }

    private AcsCredential SessionOf(ProfileShape profile) => KeyOf(profile, withToken: true) with
    {
        Expiration = profile.StsExpiration is > 0 and < 253_402_300_800 and var end ? DateTimeOffset.FromUnixTimeSeconds(end) : DateTimeOffset.MinValue,
    };

    private AcsCredential KeyOf(ProfileShape profile, bool withToken) => new(
        Need(profile, profile.AccessKeyId, "access_key_id"),
        Need(profile, profile.AccessKeySecret, "access_key_secret"),
        withToken ? Need(profile, profile.StsToken, "sts_token") : null);

    private string Need(ProfileShape profile, string? value, string field) => Given(value)
        ?? throw new CredentialException("InvalidProfile", $"{Named(profile)} has no {field}.");

    private CredentialException Refused(ProfileShape profile, string why) =>
        new("InvalidProfile", $"{Named(profile)} has mode {profile.Mode}, which this module cannot use. {why}");

    private string Named(ProfileShape profile) => $"Profile '{profile.Name}' in {file.Path}";

    private static string? Given(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
