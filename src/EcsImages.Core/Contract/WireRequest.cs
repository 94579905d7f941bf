using System.Globalization;
using System.Text.Json.Nodes;

namespace EcsImages.Core.Contract;

/// <summary>Turns nested parameters into wire parameters as the contract says, and tells all that is wrong with them.</summary>
/// <remarks>
/// Lists count from 1 and members follow a dot (Tag.1.Key); what the contract marks so travels as one JSON text or comma list.
/// Names are taken in any case, and as wire names too. Null is left out; an empty text is sent.
/// </remarks>
internal sealed class WireRequest
{
    private static readonly ApiField Region = new() { Name = "RegionId", Type = "string" };
    private readonly ApiOperation? _operation;
    private readonly IReadOnlyList<string> _hidden;
    private readonly Dictionary<string, string> _parameters = new(StringComparer.Ordinal);
    private readonly List<ApiProblem> _problems = [];

    /// <param name="operation">The operation; null where the contract has none, so that nothing can be checked.</param>
    /// <param name="hidden">Parameters that every operation accepts.</param>
    public WireRequest(ApiOperation? operation, IReadOnlyList<string> hidden) => (_operation, _hidden) = (operation, hidden);

    /// <summary>What travels.</summary>
    public Dictionary<string, string> Parameters => _parameters;

    /// <summary>What is wrong so far, in the order in which it was found.</summary>
    public IReadOnlyList<ApiProblem> Problems => _problems;

    /// <summary>Adds parameters by name.</summary>
    public void Add(JsonObject parameters)
    {
        foreach (var (name, value) in parameters)
        {
            if (value is null) continue;
            if (_operation is null || _hidden.Contains(name)) Unchecked(name, value);
            // Every operation takes the region, whether it is listed or not; clients send it with all of them.
            else if (name.Equals("RegionId", StringComparison.OrdinalIgnoreCase)) Plain(Region, Region.Type, Region.Name, value);
            else Named(name.Split('.'), name, value);
        }
    }

    /// <summary>Whether a parameter, or anything within it, is given.</summary>
    public bool Has(string wire) =>
        _parameters.ContainsKey(wire) || _parameters.Keys.Any(k => k.StartsWith(wire + ".", StringComparison.Ordinal));

    /// <summary>Adds what is missing, and what there is too much of.</summary>
    public void CheckPresence()
    {
        foreach (var field in _operation?.Request ?? []) Presence(field, field.Name);
    }

    // Follows a wire name such as Tag.2.Key down to its field.
    private void Named(string[] parts, string name, JsonNode value)
    {
        var beside = _operation!.Request;
        for (var (i, wire) = (0, ""); ;)
        {
            if (FieldNames.Find(beside, parts[i]) is not { } field)
            {
                Unknown(name, value, beside);
                return;
            }
            wire = wire.Length == 0 ? field.Name : $"{wire}.{field.Name}";
            if (++i == parts.Length)
            {
                Field(field, wire, value);
                return;
            }
            if (field.Type == "array" && field.Style != "json")
            {
                if (!IsIndex(parts[i]))
                {
                    Wrong(name, $"{field.Name} is a list: write {FieldNames.Wire(field).Replace(".N", ".1", StringComparison.Ordinal)}, counting from 1");
                    return;
                }
                wire = $"{wire}.{parts[i]}";
                if (++i == parts.Length)
                {
                    Item(field, wire, value);
                    return;
                }
            }
            beside = field.Style == "json" ? [] : field.Fields;
        }
    }

    private void Field(ApiField field, string wire, JsonNode? value)
    {
        if (value is null) return;
        if (field.Style == "json" || field.Type == "map")
        {
            Put(wire, value is JsonValue text ? WireValue.Text(text) : WireValue.Json(value));
        }
        else if (field.Type == "array")
        {
            // One thing is a list of one, as everywhere in PowerShell.
            var index = 0;
            foreach (var item in value is JsonArray list ? (IEnumerable<JsonNode?>)list : [value])
                Item(field, $"{wire}.{(++index).ToString(CultureInfo.InvariantCulture)}", item);
        }
        else if (field.Type == "struct")
        {
            Members(field, wire, value);
        }
        else
        {
            Plain(field, field.Type, wire, value);
        }
    }

    private void Item(ApiField field, string wire, JsonNode? item)
    {
        if (item is null) Wrong(wire, "is $null; leave it out of the list");
        else if (field.ItemType == "struct") Members(field, wire, item);
        else Plain(field, field.ItemType ?? "string", wire, item);
    }

    private void Members(ApiField field, string wire, JsonNode value)
    {
        if (value is JsonArray { Count: 1 } one && one[0] is JsonObject inner) value = inner;
        if (value is not JsonObject members)
        {
            Wrong(wire, $"takes a hashtable, such as @{{ {field.Fields[0].Name} = ... }}, of {string.Join(", ", field.Fields.Select(static f => f.Name))}");
            Unchecked(wire, value);
            return;
        }
        if (members.All(static m => m.Value is null)) Wrong(wire, $"is empty; it takes {string.Join(", ", field.Fields.Select(static f => f.Name))}");
        foreach (var (name, member) in members)
        {
            if (member is null) continue;
            if (FieldNames.Find(field.Fields, name) is { } found) Field(found, $"{wire}.{found.Name}", member);
            else Unknown($"{wire}.{name}", member, field.Fields);
        }
    }

    private void Plain(ApiField field, string type, string wire, JsonNode value)
    {
        var plain = value;
        if (value is JsonArray list && field.Holds == "comma" && list.All(static i => i is JsonValue)) plain = JsonValue.Create(string.Join(',', list.Select(i => WireValue.Text((JsonValue)i!, field.Example))));
        else if (value is not JsonValue && field.Holds == "json") plain = JsonValue.Create(WireValue.Json(value));
        else if (value is JsonArray { Count: 1 } one) plain = one[0];
        if (plain is not JsonValue single)
        {
            Wrong(wire, value is JsonArray several
                ? $"takes one value, not a list of {several.Count.ToString(CultureInfo.InvariantCulture)}"
                : "takes one value, not a hashtable");
            Unchecked(wire, value);
            return;
        }
        var (text, problem) = WireValue.Check(field, type, WireValue.Text(single, field.Example));
        if (problem is not null) Wrong(wire, problem);
        Put(wire, text);
    }

    private void Unknown(string name, JsonNode value, IReadOnlyList<ApiField> beside)
    {
        var near = FieldNames.Near(name, _operation!, beside);
        var hint = near.Count > 0 ? $"; near it: {string.Join(", ", near)}" : beside.Count is > 0 and <= 8 ? $"; there is {string.Join(", ", beside.Select(FieldNames.Wire))}" : "";
        _problems.Add(new ApiProblem("UnknownParameter", name, $"{_operation!.Name} has no parameter '{name}'{hint}"));
        Unchecked(name, value);
    }

    // What nothing is known of travels as most things do.
    private void Unchecked(string wire, JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                foreach (var (name, member) in members) Unchecked($"{wire}.{name}", member);
                break;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++) Unchecked($"{wire}.{(i + 1).ToString(CultureInfo.InvariantCulture)}", list[i]);
                break;
            case JsonValue single:
                Put(wire, WireValue.Text(single));
                break;
        }
    }

    private void Presence(ApiField field, string wire)
    {
        var isPlain = field.Style == "json" || field.Type is not ("array" or "struct");
        // An empty text, such as that of a variable that was never set, is none.
        if (!Has(wire) || (field.Required && _parameters.GetValueOrDefault(wire) is ""))
        {
            if (field.Required) _problems.Add(new ApiProblem("MissingParameter", wire, $"'{wire}' is missing; {_operation!.Name} needs it"));
            return;
        }
        if (isPlain) return;
        if (field.Type == "struct")
        {
            foreach (var inner in field.Fields) Presence(inner, $"{wire}.{inner.Name}");
            return;
        }
        var items = _parameters.Keys.Where(k => k.StartsWith(wire + ".", StringComparison.Ordinal)).Select(k => k[(wire.Length + 1)..].Split('.')[0]).Distinct(StringComparer.Ordinal).ToArray();
        if (field.MaxItems is { } most && items.Length > most)
            Wrong(wire, string.Create(CultureInfo.InvariantCulture, $"takes at most {most} items, not {items.Length}"));
        if (field.ItemType != "struct") return;
        foreach (var item in items)
            foreach (var inner in field.Fields) Presence(inner, $"{wire}.{item}.{inner.Name}");
    }

    private void Put(string wire, string text)
    {
        if (!_parameters.TryAdd(wire, text)) _problems.Add(new ApiProblem("DuplicateParameter", wire, $"'{wire}' is given twice"));
    }

    private void Wrong(string wire, string what) => _problems.Add(new ApiProblem("InvalidParameter", wire, $"'{wire}' {what}"));

    private static bool IsIndex(string text) => text.Length is >= 1 and <= 4 && text[0] is >= '1' and <= '9' && text.All(char.IsAsciiDigit);
}
