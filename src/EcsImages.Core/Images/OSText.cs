namespace EcsImages.Core.Images;

/// <summary>Reads the operating system and its version out of a text of an image: "Ubuntu  24.04 64 bit", acs:ubuntu_24_04_x64, ubuntu_24_04_x64_20G_alibase_20260828.vhd.</summary>
internal sealed class OSText
{
    private static readonly char[] Separators = [' ', '\t', '_', ':', ',', '(', ')', '\u00a0', '\uff08', '\uff09'];
    private readonly (string Name, OSName System)[] _names;

    // The longest name first: CentOS Stream is no CentOS, Fedora CoreOS no Fedora.
    public OSText(IReadOnlyList<OSName> names) =>
        _names = [.. names.SelectMany(static s => s.Names.Select(n => (Name: string.Join(' ', Words(n)), System: s))).OrderByDescending(static n => n.Name.Length)];

    /// <summary>The system and what the text says of its version; null if it names none that is known.</summary>
    public (string OS, OSVersion Version)? Read(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        var plain = string.Join(' ', Words(text));
        foreach (var (name, system) in _names)
        {
            if (!plain.StartsWith(name, StringComparison.Ordinal)) continue;
            if (plain.Length > name.Length && char.IsLetter(plain[name.Length])) continue;
            var version = OSVersion.Read(plain[name.Length..].Split(' ', StringSplitOptions.RemoveEmptyEntries));
            return system.Not.Any(version.Words.Contains) ? null : (system.OS, version);
        }
        return null;
    }

    /// <summary>The words of a version, as rows write it.</summary>
    public static OSVersion Version(string text) => OSVersion.Read([.. Words(text)]);

    // The bitness is no version.
    private static IEnumerable<string> Words(string text)
    {
        var words = text.ToLowerInvariant().Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words is ["acs", ..]) words = words[1..];
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i] is "32" or "64" && i + 1 < words.Length && words[i + 1].StartsWith("bit", StringComparison.Ordinal)) continue;
            if (words[i].StartsWith("32位", StringComparison.Ordinal) || words[i].StartsWith("64位", StringComparison.Ordinal)) continue;
            if (words[i].StartsWith("32-bit", StringComparison.Ordinal) || words[i].StartsWith("64-bit", StringComparison.Ordinal)) continue;
            yield return words[i];
        }
    }
}
