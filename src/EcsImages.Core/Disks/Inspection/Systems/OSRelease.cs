using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>What a Linux says of itself in os-release(5), or in the files of the time before that.</summary>
/// <param name="Id">Such as ubuntu; empty where it is not said.</param>
/// <param name="Name">Such as Ubuntu 24.04.1 LTS.</param>
/// <param name="Version">Such as 24.04.</param>
/// <param name="Variant">Such as coreos; empty where it is not said.</param>
internal sealed record OSRelease(string Id, string Name, string Version, string Variant)
{
    private const int MostBytes = 64 * 1024;
    private static readonly string[] Paths = ["/etc/os-release", "/usr/lib/os-release"];
    private static readonly string[] OldPaths = ["/etc/centos-release", "/etc/redhat-release", "/etc/system-release"];

    /// <summary>Null where none is there.</summary>
    public static async ValueTask<OSRelease?> ReadAsync(FileTree tree, CancellationToken stop)
    {
        foreach (var path in Paths)
            if (await tree.ReadTextAsync(path, MostBytes, stop).ConfigureAwait(false) is { } text && Parse(text) is { } found) return found;
        foreach (var path in OldPaths)
            if (await tree.ReadTextAsync(path, MostBytes, stop).ConfigureAwait(false) is { } line && ParseOld(line) is { } found) return found;
        return await tree.ReadTextAsync("/etc/debian_version", MostBytes, stop).ConfigureAwait(false) is { } version && Line(version) is { Length: > 0 } said
            ? new OSRelease("debian", $"Debian GNU/Linux {said}", said, "") : null;
    }

    /// <summary>Lines such as VERSION_ID="24.04"; null where neither ID nor NAME is among them.</summary>
    public static OSRelease? Parse(string text)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in text.Split('\n'))
            if (line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && line[0] != '#') values[line[..at].Trim()] = VolumeText.Clean(Unquoted(line[(at + 1)..].Trim()));
        var (id, name, version) = (Value("ID"), Value("NAME"), Value("VERSION_ID"));
        if (id.Length == 0 && name.Length == 0) return null;
        return new OSRelease(id, Value("PRETTY_NAME") is { Length: > 0 } pretty ? pretty : $"{name} {version}".Trim(), version, Value("VARIANT_ID"));

        string Value(string key) => values.GetValueOrDefault(key, "");
    }

    // Such as CentOS release 6.10 (Final).
    private static OSRelease? ParseOld(string text)
    {
        var words = Line(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var at = Array.IndexOf(words, "release");
        if (at < 1 || at == words.Length - 1) return null;
        var id = words[0] switch { "CentOS" => "centos", "Red" => "rhel", "Fedora" => "fedora", "Rocky" => "rocky", "AlmaLinux" => "almalinux", _ => "" };
        return new OSRelease(id, string.Join(' ', words), words[at + 1], "");
    }

    private static string Line(string text) => VolumeText.Clean(text.Split('\n')[0].Trim());

    private static string Unquoted(string value)
    {
        if (value.Length < 2 || value[0] is not ('"' or '\'') || value[^1] != value[0]) return value;
        var inner = value[1..^1];
        return value[0] == '\'' ? inner : inner.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\$", "$", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }
}
