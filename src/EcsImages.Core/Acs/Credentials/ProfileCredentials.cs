namespace EcsImages.Core.Acs.Credentials;

/// <summary>The credential of a profile of the official command-line client.</summary>
public sealed class ProfileCredentials : ICredentialSource
{
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
    /// <param name="around">Whom a role is asked of.</param>
    /// <param name="stop">Cancels the call.</param>
    /// <returns>Null if there is no file.</returns>
    /// <exception cref="CredentialException">The file or the profile is not usable; the message says why.</exception>
    internal static async Task<ProfileCredentials?> FindAsync(string path, string? name, CredentialSurroundings around, CancellationToken stop) =>
        await ProfileFile.ReadAsync(path, stop).ConfigureAwait(false) is { } file ? Of(file, file.Find(name), around) : null;

    /// <summary>A profile of a file that was read.</summary>
    /// <exception cref="CredentialException">It is not usable; the message says why.</exception>
    internal static ProfileCredentials Of(ProfileFile file, ProfileShape profile, CredentialSurroundings around) =>
        new(new ProfileSources(file, around).Of(profile), profile.Name!, profile.RegionId is { Length: > 0 } region ? region : null);

    /// <inheritdoc/>
    public ValueTask<AcsCredential> GetAsync(CancellationToken stop) => _inner.GetAsync(stop);
}
