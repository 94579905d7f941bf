using System.Collections.Concurrent;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>Where credentials were found.</summary>
/// <param name="Source">Hands them out.</param>
/// <param name="Name">The name of the profile that they are of.</param>
/// <param name="RegionId">The region that the profile names.</param>
internal sealed record FoundCredentials(ICredentialSource Source, string? Name = null, string? RegionId = null);

/// <summary>Looks for credentials where the official clients do, in their order; the first place that has any decides.</summary>
/// <remarks>
/// A place that holds half a key, or a damaged file, is an error and not passed over: an unattended script must not run
/// as somebody else because of a slip of the pen.
/// </remarks>
internal sealed class CredentialChain
{
    // A machine without a metadata service does not get one: it costs a second once in the life of a process.
    private static readonly ConcurrentDictionary<Uri, string> WithoutMetadata = new();
    private readonly CredentialSurroundings _around;
    private readonly List<string> _tried = [];

    private CredentialChain(CredentialSurroundings around) => _around = around;

    /// <exception cref="CredentialException">There are none, and where was looked; or what is there is of no use, and why.</exception>
    public static async Task<FoundCredentials> FindAsync(CredentialSurroundings around, CancellationToken stop)
    {
        var chain = new CredentialChain(around);
        return chain.Environment() ?? chain.Oidc()
            ?? await chain.ProfileAsync(stop).ConfigureAwait(false)
            ?? await chain.SharedFileAsync(stop).ConfigureAwait(false)
            ?? await chain.MetadataAsync(stop).ConfigureAwait(false)
            ?? chain.Uri()
            ?? throw new CredentialException("NoCredentials", $"There are no credentials. Looked for: {string.Join("; ", chain._tried)}.");
    }

    private FoundCredentials? Environment() => EnvironmentCredentials.Find(_around.Variable) is { } environment
        ? new(environment)
        : Passed($"{EnvironmentCredentials.KeyId} and {EnvironmentCredentials.KeySecret} (not set)");

    private FoundCredentials? Oidc()
    {
        string[] names = [CredentialVariables.RoleArn, CredentialVariables.OidcProviderArn, CredentialVariables.OidcTokenFile];
        var missing = names.Where(n => _around.Value(n) is null).ToArray();
        if (missing.Length > 0) return Passed($"an OIDC role ({string.Join(" and ", missing)} not set)");
        var region = _around.Value(CredentialVariables.StsRegion);
        var sts = _around.Sts(NoKey.Instance, StsSession.Endpoint(null, region, _around.Says(CredentialVariables.IsPrivateNetwork), CredentialVariables.StsRegion));
        var role = new AssumedRole(_around.Value(names[0])!, _around.Value(CredentialVariables.RoleSessionName) ?? StsSession.DefaultName)
        {
            StsRegionId = StsSession.Region(region, CredentialVariables.StsRegion),
        };
        return new(new OidcRoleCredentials(sts, role, _around.Value(names[1])!, _around.Value(names[2])!, _around.Clock));
    }

    private async Task<FoundCredentials?> ProfileAsync(CancellationToken stop)
    {
        var path = ProfileFile.In(_around.Home);
        if (_around.Says(CredentialVariables.ProfileFileDisabled)) return Passed($"a profile ({CredentialVariables.ProfileFileDisabled} is true)");
        if (await ProfileFile.ReadAsync(path, stop).ConfigureAwait(false) is not { } file) return Passed($"a profile file at {path} (not there)");
        var name = _around.Value(CredentialVariables.Profile);
        if (!file.Has(name)) return Passed(name is null ? $"a profile in {path} (none is current)" : $"profile '{name}' in {path} (it has: {string.Join(", ", file.Names)})");
        var profile = file.Find(name);
        if (name is null && profile.IsEmpty) return Passed($"the current profile '{profile.Name}' in {path} (no key is configured)");
        var source = ProfileCredentials.Of(file, profile, _around);
        return new(source, source.Name, source.RegionId);
    }

    private async Task<FoundCredentials?> SharedFileAsync(CancellationToken stop)
    {
        var named = _around.Value(CredentialVariables.Profile);
        var path = _around.Value(CredentialVariables.CredentialsFile) ?? SharedCredentialsFile.In(_around.Home);
        var section = named ?? "default";
        if (await SharedCredentialsFile.ReadAsync(path, stop).ConfigureAwait(false) is not { } file) Passed($"a credentials file at {path} (not there)");
        else if (file.Find(section) is null) Passed($"section '{section}' in {path} (it has: {string.Join(", ", file.Names)})");
        else return new(new SharedFileSources(file, section, _around).Find(), section);
        // Who names a profile does not mean whatever role this machine happens to have.
        return named is null ? null : throw new CredentialException("ProfileNotFound",
            $"{CredentialVariables.Profile} names '{named}', which is nowhere. Looked for: {string.Join("; ", _tried)}.");
    }

    private async Task<FoundCredentials?> MetadataAsync(CancellationToken stop)
    {
        var role = _around.Value(CredentialVariables.MetadataRole);
        // Who names the role says that there is a service.
        if (role is null && WithoutMetadata.TryGetValue(_around.MetadataAddress, out var known)) return Passed($"the role of this ECS instance ({known} Looked for once in this process.)");
        try
        {
            var source = new EcsRoleCredentials(MetadataService.In(_around), role, _around.Clock);
            await source.GetAsync(stop).ConfigureAwait(false);
            return new(source);
        }
        catch (CredentialException e) when (e.Code is "MetadataDisabled" or "MetadataUnreachable" or "MetadataRefused" or "NoInstanceRole")
        {
            if (e.Code is "MetadataUnreachable") WithoutMetadata[_around.MetadataAddress] = e.Message;
            return Passed($"the role of this ECS instance ({e.Message})");
        }
    }

    private FoundCredentials? Uri() => _around.Value(CredentialVariables.CredentialsUri) is { } address
        ? new(UriCredentials.At(_around, address, CredentialVariables.CredentialsUri))
        : Passed($"{CredentialVariables.CredentialsUri} (not set)");

    private FoundCredentials? Passed(string where)
    {
        _tried.Add(where);
        return null;
    }
}
