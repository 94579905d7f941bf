namespace EcsImages.Core.Acs.Credentials;

/// <summary>The credential of a profile of the official command-line client: modes AK, StsToken and RamRoleArn.</summary>
public sealed class ProfileCredentials : ICredentialSource
{
    private const string Modes = "AK, StsToken and RamRoleArn";
    private readonly ICredentialSource _inner;

    private ProfileCredentials(ICredentialSource inner, string name, string? regionId) => (_inner, Name, RegionId) = (inner, name, regionId);

    /// <summary>The profile's name.</summary>
    public string Name { get; }

    /// <summary>The profile's own region, if it names one.</summary>
    public string? RegionId { get; }

    /// <inheritdoc/>
    public string Description => $"profile {Name}";

    /// <summary>Reads a profile.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The profile; null takes the file's current one.</param>
    /// <param name="sts">A client of STS for a given key, which assumes the role of mode RamRoleArn.</param>
    /// <param name="clock">Tells when a session must be renewed.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <returns>Null if there is no file.</returns>
    /// <exception cref="CredentialException">The file or the profile is not usable; the message says why.</exception>
    public static async Task<ProfileCredentials?> FindAsync(
        string path, string? name, Func<ICredentialSource, AcsClient> sts, TimeProvider clock, CancellationToken stop)
    {
        if (await ProfileFile.ReadAsync(path, stop).ConfigureAwait(false) is not { } file) return null;
        var profile = file.Find(name);
        var label = $"profile {profile.Name}";
        ICredentialSource source = profile.Mode?.ToUpperInvariant() switch
        {
            "AK" or null => new RereadKey(path, profile, label, withToken: false),
            "STSTOKEN" => new RereadKey(path, profile, label, withToken: true),
            "RAMROLEARN" => new AssumedRoleCredentials(
                sts(new RereadKey(path, profile, label, withToken: profile.StsToken is { Length: > 0 })),
                new AssumedRole(
                    Need(profile.RamRoleArn, "ram_role_arn", profile, path), profile.RamSessionName is { Length: > 0 } session ? session : "EcsImage")
                {
                    DurationSeconds = profile.ExpiredSeconds is > 0 ? profile.ExpiredSeconds.Value : 3600,
                    ExternalId = profile.ExternalId,
                    Policy = profile.Policy,
                    StsRegionId = profile.StsRegion is { Length: > 0 } region ? region : profile.RegionId ?? "cn-hangzhou",
                },
                clock),
            _ => throw new CredentialException("InvalidProfile",
                $"Profile '{profile.Name}' in {path} has mode {profile.Mode}, which this module cannot use; it uses {Modes}."),
        };
        return new ProfileCredentials(source, profile.Name!, profile.RegionId is { Length: > 0 } own ? own : null);
    }

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _inner.GetAsync(stop);

    private static string Need(string? value, string field, ProfileShape profile, string path) => value is { Length: > 0 }
        ? value
        : throw new CredentialException("InvalidProfile", $"Profile '{profile.Name}' in {path} has no {field}.");

    // The key is read again when the file changed: another tool may have renewed it there.
    private sealed class RereadKey : ICredentialSource
    {
        private readonly string _path;
        private readonly string _profile;
        private readonly bool _withToken;
        private readonly string _label;
        private (DateTime Written, AcsCredential Key) _read;

        public RereadKey(string path, ProfileShape profile, string label, bool withToken)
        {
            (_path, _profile, _withToken, _label) = (path, profile.Name!, withToken, label);
            _read = (File.GetLastWriteTimeUtc(path), Key(profile));
        }

        public string Description => _label;

        public async ValueTask<AcsCredential> GetAsync(CancellationToken stop)
        {
            var written = File.GetLastWriteTimeUtc(_path);
            if (written == _read.Written) return _read.Key;
            // A file that vanished or is being rewritten right now leaves the key that was good a moment ago.
            if (await TryReadAsync(stop).ConfigureAwait(false) is { } file)
                _read = (written, Key(file.Find(_profile)));
            return _read.Key;
        }

        private async Task<ProfileFile?> TryReadAsync(CancellationToken stop)
        {
            try
            {
                return await ProfileFile.ReadAsync(_path, stop).ConfigureAwait(false);
            }
            catch (CredentialException)
            {
                return null;
            }
        }

        private AcsCredential Key(ProfileShape profile) => new(
            Need(profile.AccessKeyId, "access_key_id", profile, _path),
            Need(profile.AccessKeySecret, "access_key_secret", profile, _path),
            _withToken ? Need(profile.StsToken, "sts_token", profile, _path) : null);
    }
}
