namespace EcsImages.Core.Images.Choice;

/// <summary>An operating system as a person names it: Ubuntu, "Ubuntu 24.04", "Windows Server 2022", *SUSE*.</summary>
internal sealed class NamedSystem
{
    private readonly string _plain;
    private readonly Func<string, bool>? _pattern;
    private readonly EcsOSLifecycle? _row;
    private readonly string? _os;

    // "CentOS 7" means all of CentOS 7, "CentOS 7.9" only that.
    private readonly bool _isWholeRow;

    /// <param name="text">As it was said.</param>
    /// <param name="pattern">What decides, if the text is a pattern.</param>
    public NamedSystem(string text, Func<string, bool>? pattern = null)
    {
        _pattern = pattern;
        Text = text;
        _plain = Plain(text);
        // "CentOS*" names CentOS.
        var literal = text.TrimEnd('*', '?');
        _row = pattern is not null ? null : Lifecycles.OfText(text);
        _isWholeRow = _row is not null && OSText.Version(text).Numbers.Count <= OSText.Version(_row.Match ?? _row.Version ?? "").Numbers.Count;
        _os = _row?.OS ?? Lifecycles.Read(literal)?.OS;
    }

    /// <summary>As it was said.</summary>
    public string Text { get; }

    /// <summary>Whether these words name an operating system that the module knows.</summary>
    public bool IsKnown => _os is not null;

    /// <summary>Whether a version was named too.</summary>
    public bool HasVersion => Text.Any(char.IsAsciiDigit);

    /// <summary>The operating system; null if it is not one that the module knows.</summary>
    public string? OS => _os;

    public bool Is(EcsImage image)
    {
        var (name, platform) = (Plain(image.OSName ?? ""), Plain(image.Platform ?? ""));
        if (_pattern is not null) return _pattern(name) || _pattern(platform);
        if (name == _plain || platform == _plain || name.StartsWith(_plain + " ", StringComparison.Ordinal) && (HasVersion || _os is null)) return IsSystem(image);
        // "Ubuntu 24" names no row of the table; what the image says of itself has decided already.
        return _isWholeRow ? Lifecycles.Of(image)?.Name == _row!.Name : _os is not null && !HasVersion && IsSystem(image);
    }

    // CentOS Stream is no CentOS, whatever it begins with.
    private bool IsSystem(EcsImage image) => _os is null || Lifecycles.SystemOf(image)?.OS == _os;

    private static string Plain(string text) => string.Join(' ', text.ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
