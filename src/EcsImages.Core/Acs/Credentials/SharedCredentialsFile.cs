namespace EcsImages.Core.Acs.Credentials;

/// <summary>The credentials file that the SDKs of Alibaba Cloud share: sections of names and values.</summary>
internal sealed class SharedCredentialsFile
{
    private readonly Dictionary<string, Dictionary<string, string>> _sections;

    private SharedCredentialsFile(string path, Dictionary<string, Dictionary<string, string>> sections) => (Path, _sections) = (path, sections);

    /// <summary>Where it was read.</summary>
    public string Path { get; }

    /// <summary>The names of its sections, in its order.</summary>
    public IEnumerable<string> Names => _sections.Keys;

    /// <summary>Where it is when nobody says otherwise.</summary>
    public static string In(string home) => System.IO.Path.Combine(home, ".alibabacloud", "credentials");

    /// <summary>The values of a section; null if there is none.</summary>
    public IReadOnlyDictionary<string, string>? Find(string section) => _sections.GetValueOrDefault(section);

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="CredentialException">It cannot be read, or has lines that are neither a section nor a value; they are not quoted.</exception>
    public static async Task<SharedCredentialsFile?> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            return File.Exists(path) ? Parse(path, await File.ReadAllLinesAsync(path, stop).ConfigureAwait(false)) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CredentialException("InvalidCredentialsFile", $"The credentials file {path} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>Reads the file; null if there is none, or if it cannot be read just now.</summary>
    public static async Task<SharedCredentialsFile?> TryReadAsync(string path, CancellationToken stop)
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

    private static SharedCredentialsFile Parse(string path, string[] lines)
    {
        var sections = new Dictionary<string, Dictionary<string, string>>(StringComparer.Ordinal);
        Dictionary<string, string>? section = null;
        for (var number = 1; number <= lines.Length; number++)
        {
            var line = lines[number - 1].Trim();
            if (line.Length == 0 || line[0] is '#' or ';') continue;
            if (line is ['[', .. var name, ']'])
            {
                if (!sections.TryGetValue(name.Trim(), out section)) sections[name.Trim()] = section = new(StringComparer.Ordinal);
                continue;
            }
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0 || section is null)
                throw new CredentialException("InvalidCredentialsFile", $"The credentials file {path} is damaged: line {number} is neither a [section] nor a name = value within one.");
            section[line[..equals].TrimEnd()] = WithoutComment(line[(equals + 1)..].Trim());
        }
        return new SharedCredentialsFile(path, sections);
    }

    // A # belongs to a secret unless a space stands before it.
    private static string WithoutComment(string value)
    {
        var comment = value.IndexOf(" #", StringComparison.Ordinal);
        return comment < 0 ? value : value[..comment].TrimEnd();
    }
}
