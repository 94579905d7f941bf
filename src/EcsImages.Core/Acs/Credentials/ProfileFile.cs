using System.Text.Json;

namespace EcsImages.Core.Acs.Credentials;

/// <summary>The profile file of the official command-line client, ~/.aliyun/config.json. It is read, never written.</summary>
public sealed class ProfileFile
{
    private readonly ProfileFileShape _shape;

    private ProfileFile(string path, ProfileFileShape shape) => (Path, _shape) = (path, shape);

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>The names of its profiles, in its order.</summary>
    public IEnumerable<string> Names => _shape.Profiles.Select(static p => p.Name).OfType<string>();

    /// <summary>Where the official client keeps it.</summary>
    public static string DefaultPath => In(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile));

    /// <summary>Where it is in a user's own folder.</summary>
    internal static string In(string home) => System.IO.Path.Combine(home, ".aliyun", "config.json");

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="CredentialException">It cannot be read, or is not what the official client writes.</exception>
    public static async Task<ProfileFile?> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            if (!File.Exists(path)) return null;
            await using var stream = File.OpenRead(path);
            var shape = await JsonSerializer.DeserializeAsync(stream, ProfileJson.Default.ProfileFileShape, stop).ConfigureAwait(false);
            return new ProfileFile(path, shape ?? new ProfileFileShape());
        }
        catch (JsonException e)
        {
            // The exception's own text can quote the file, and the file holds secrets: say only where.
            var place = e.LineNumber is { } line ? $" at line {line + 1}" : "";
            throw new CredentialException("InvalidProfile",
                $"The profile file {path} is damaged: it is not valid JSON{place}. Repair it, or write it anew with 'aliyun configure'.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException("InvalidProfile", $"The profile file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the file; null if there is none, or if it cannot be read just now.</summary>
    internal static async Task<ProfileFile?> TryReadAsync(string path, CancellationToken stop)
    {
        try
        {
            return await ReadAsync(path, stop).ConfigureAwait(false);
        }
        catch (CredentialException)
        {
            return null;
        }
    }

    /// <summary>Whether it has a profile of that name, or names a current one.</summary>
    internal bool Has(string? name) => name is null ? !string.IsNullOrEmpty(_shape.Current) : _shape.Profiles.Any(p => p.Name == name);

    /// <summary>A profile by name; without one, the file's current profile.</summary>
    /// <exception cref="CredentialException">There is no such profile.</exception>
    internal ProfileShape Find(string? name)
    {
        var wanted = name ?? _shape.Current;
        if (string.IsNullOrEmpty(wanted))
            throw new CredentialException("ProfileNotFound", $"The profile file {Path} names no current profile. Name one of its profiles: {List()}.");
        return _shape.Profiles.FirstOrDefault(p => p.Name == wanted)
            ?? throw new CredentialException("ProfileNotFound", $"There is no profile '{wanted}' in {Path}. It has: {List()}.");
    }

    private string List() => Names.Any() ? string.Join(", ", Names) : "no profile at all";
}
