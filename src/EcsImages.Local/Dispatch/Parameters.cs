using System.Globalization;
using System.Text.Json;

namespace EcsImages.Local.Dispatch;

/// <summary>Checked parameters; a bag in a bag for each struct. An empty text counts as absent, except to <see cref="Given"/>.</summary>
internal class Parameters(IReadOnlyDictionary<string, string> values, string prefix = "")
{
    /// <summary>All of them, by wire name.</summary>
    public IReadOnlyDictionary<string, string> All => values;

    /// <summary>The full wire name, for messages.</summary>
    public string NameOf(string name) => prefix + name;

    /// <summary>The text as sent, also if it is empty; null where it was not sent.</summary>
    public string? Given(string name) => values.GetValueOrDefault(prefix + name);

    public string? Text(string name) => Given(name) is { Length: > 0 } text ? text : null;

    /// <summary>The text of a parameter that the contract requires, so that the checker has seen it.</summary>
    public string Needed(string name) => Text(name) ?? throw Error.Missing(NameOf(name));

    public int? Int(string name) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    public long? Long(string name) => Text(name) is { } text ? long.Parse(text, CultureInfo.InvariantCulture) : null;

    public double? Number(string name) => Text(name) is { } text ? double.Parse(text, CultureInfo.InvariantCulture) : null;

    public bool? Bool(string name) => Text(name) is { } text ? bool.Parse(text) : null;

    /// <summary>Name.1, Name.2 and so on, in the order of their numbers; gaps are left out.</summary>
    public IReadOnlyList<string> List(string name) =>
        [.. Indexes(name).Select(i => Given($"{name}.{i}")).OfType<string>().Where(static v => v.Length > 0)];

    /// <summary>Name.1.Field and so on: a bag for each number.</summary>
    public IReadOnlyList<Parameters> Structs(string name) =>
        [.. Indexes(name).Select(i => new Parameters(values, $"{prefix}{name}.{i}."))];

    /// <summary>Name.Field: always a bag, maybe an empty one.</summary>
    public Parameters Struct(string name) => new(values, $"{prefix}{name}.");

    /// <summary>A JSON array of texts in one value, as InstanceIds.</summary>
    public IReadOnlyList<string> JsonList(string name, int most = 100)
    {
        if (Text(name) is not { } text) return [];
        try
        {
            var items = JsonSerializer.Deserialize(text, JsonText.Default.StringArray) ?? [];
            if (items.Length > most) throw Error.Invalid(NameOf(name), $"it has {items.Length} items; at most {most} are allowed.");
            return items;
        }
        catch (JsonException)
        {
            throw Error.Invalid(NameOf(name), "it is not a JSON array of texts.");
        }
    }

    // The checker has seen that each is a number without leading zeros.
    private IEnumerable<int> Indexes(string name)
    {
        var start = $"{prefix}{name}.";
        return values.Keys.Where(k => k.StartsWith(start, StringComparison.Ordinal))
            .Select(k => int.Parse(k.AsSpan(start.Length, End(k, start.Length) - start.Length), CultureInfo.InvariantCulture))
            .Distinct().Order();
    }

    private static int End(string key, int from) => key.IndexOf('.', from) is var at and >= 0 ? at : key.Length;
}
