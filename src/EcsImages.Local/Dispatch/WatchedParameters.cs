using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace EcsImages.Local.Dispatch;

/// <summary>Parameters that note which of them are read by name; to list them all is not to read them.</summary>
internal sealed class WatchedParameters(IReadOnlyDictionary<string, string> values, HashSet<string> read) : IReadOnlyDictionary<string, string>
{
    public string this[string key] => TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no parameter {key}.");

    public IEnumerable<string> Keys => values.Keys;

    public IEnumerable<string> Values => values.Values;

    public int Count => values.Count;

    /// <summary>Other parameters of the same call.</summary>
    public WatchedParameters Over(IReadOnlyDictionary<string, string> others) => new(others, read);

    public bool ContainsKey(string key) => values.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value)
    {
        read.Add(key);
        return values.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
