using EcsImages.Core.Images;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>What instances, disks and snapshots may be called, and what may describe them.</summary>
internal static class NameRule
{
    /// <summary>2 to 128 characters: first a letter, then letters, digits, and . : _ - ; no web address, nothing of the service's.</summary>
    public static string? Name(Parameters call, string parameter, string code)
    {
        if (call.Text(parameter) is not { } name) return null;
        return IsName(name) ? name : throw Error.Of(code, call.NameOf(parameter), name);
    }

    /// <summary>The same rule as for images.</summary>
    public static bool IsName(string name) => ImageNames.IsName(name);

    /// <summary>2 to 256 characters that do not begin as a web address.</summary>
    public static string Description(Parameters call, string parameter, string code)
    {
        if (call.Text(parameter) is not { } text) return "";
        return text.Length is >= 2 and <= 256 && !Begins(text, "http://") && !Begins(text, "https://") ? text : throw Error.Of(code, call.NameOf(parameter));
    }

    private static bool Begins(string text, string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
}
