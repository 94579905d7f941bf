using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Parameters;

/// <summary>Reads the hashtable of -Tag; its values may be wrapped, numbers, or absent.</summary>
internal static class Tags
{
    public static IReadOnlyList<KeyValuePair<string, string?>> Read(Hashtable? tags)
    {
        if (tags is null) return [];
        var read = new List<KeyValuePair<string, string?>>(tags.Count);
        foreach (DictionaryEntry tag in tags)
        {
            var key = Text(tag.Key);
            if (string.IsNullOrEmpty(key)) throw new CmdletInputException("InvalidTag", "A tag's key is empty.", "Write -Tag @{ key = 'value' }.");
            read.Add(new(key, Text(tag.Value)));
        }
        // The service numbers them; the same order each time makes a repeated request the same request.
        read.Sort(static (a, b) => string.CompareOrdinal(a.Key, b.Key));
        return read;
    }

    private static string? Text(object? value) => (value is PSObject wrapped ? wrapped.BaseObject : value) switch
    {
        null => null,
        string text => text,
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        IEnumerable => throw new CmdletInputException("InvalidTag", "A tag's value is a list; a tag has one value.", "Write -Tag @{ key = 'value' }."),
        var other => other.ToString(),
    };
}
