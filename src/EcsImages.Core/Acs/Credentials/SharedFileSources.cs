namespace EcsImages.Core.Acs.Credentials;

/// <summary>What a section of the shared credentials file stands for, by its type.</summary>
internal sealed class SharedFileSources(SharedCredentialsFile file, string section, CredentialSurroundings around)
{
    private const string Types = "access_key, sts, ecs_ram_role, ram_role_arn and oidc_role_arn";

    private string Label => $"section {section} of {file.Path}";

    /// <exception cref="CredentialException">The section is not usable; the message says why.</exception>
    public ICredentialSource Find()
    {
        var values = file.Find(section)!;
        return values.GetValueOrDefault("type") switch
        {
            "access_key" => Key(values, withToken: false),
            "sts" => Key(values, withToken: true),
            "ecs_ram_role" => new EcsRoleCredentials(MetadataService.In(around), Given(values, "role_name"), around.Clock),
            "ram_role_arn" => new AssumedRoleCredentials(around.Sts(Key(values, withToken: false), null), Role(values), around.Clock),
            "oidc_role_arn" => new OidcRoleCredentials(
                around.Sts(NoKey.Instance, null), Role(values), Need(values, "oidc_provider_arn"), Need(values, "oidc_token_file_path"), around.Clock),
            null => throw Unusable("has no type"),
            var other => throw Unusable($"has type {other}, which this module cannot use"),
        };

        CredentialException Unusable(string why) =>
            new("InvalidCredentialsFile", $"Section '{section}' of the credentials file {file.Path} {why}. It uses {Types}.");
    }

    private AssumedRole Role(IReadOnlyDictionary<string, string> values) =>
        new(Need(values, "role_arn"), Given(values, "role_session_name") ?? StsSession.DefaultName)
        {
            Policy = Given(values, "policy"),
            StsRegionId = StsSession.Region(around.Value(CredentialVariables.StsRegion), CredentialVariables.StsRegion),
        };

    private RereadKey Key(IReadOnlyDictionary<string, string> values, bool withToken) => new(
        file.Path, Label, KeyOf(values, withToken),
        async stop => await SharedCredentialsFile.TryReadAsync(file.Path, stop).ConfigureAwait(false) is { } changed && changed.Find(section) is { } now
            ? KeyOf(now, withToken) : null,
        around.Clock);

    private AcsCredential KeyOf(IReadOnlyDictionary<string, string> values, bool withToken) =>
        new(Need(values, "access_key_id"), Need(values, "access_key_secret"), withToken ? Need(values, "security_token") : null);

    private string Need(IReadOnlyDictionary<string, string> values, string name) => Given(values, name)
        ?? throw new CredentialException("InvalidCredentialsFile", $"Section '{section}' of the credentials file {file.Path} has no {name}.");

    private static string? Given(IReadOnlyDictionary<string, string> values, string name) => values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;
}
