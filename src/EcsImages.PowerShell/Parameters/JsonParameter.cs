using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.Json.Nodes;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Parameters;

/// <summary>A hashtable as a JSON object, its keys in order: the same each time.</summary>
internal static class JsonParameter
{
    private const int Deepest = 8;

    public static JsonObject Object(Hashtable table, string parameter) => Object(table, parameter, 1);

    private static JsonObject Object(IDictionary table, string parameter, int depth)
    {
        var members = table.Cast<DictionaryEntry>().Select(e => (Name: Text(e.Key, parameter), e.Value)).OrderBy(static e => e.Name, StringComparer.Ordinal);
        return new JsonObject(members.Select(e => KeyValuePair.Create(e.Name, Node(e.Value, $"{parameter} {e.Name}", depth))));
    }

    private static JsonNode? Node(object? value, string what, int depth) => depth > Deepest
        ? throw new CmdletInputException("InvalidJson", $"{what} is nested deeper than {Deepest} levels.")
        : (value is PSObject wrapped ? wrapped.BaseObject : value) switch
        {
            null => null,
            string text => JsonValue.Create(text),
            bool truth => JsonValue.Create(truth),
            SwitchParameter given => JsonValue.Create(given.IsPresent),
            int or long or short or byte or uint or double or float or decimal => JsonNode.Parse(((IFormattable)value!).ToString(null, CultureInfo.InvariantCulture)),
            IDictionary inner => Object(inner, what, depth + 1),
            IEnumerable list => new JsonArray([.. list.Cast<object?>().Select(i => Node(i, what, depth + 1))]),
            var other => throw new CmdletInputException("InvalidJson", $"{what} is a {other.GetType().Name}; texts, numbers, $true, $false, lists and hashtables can be sent."),
        };

    private static string Text(object key, string parameter) => (key is PSObject wrapped ? wrapped.BaseObject : key) as string is { Length: > 0 } text
        ? text : throw new CmdletInputException("InvalidJson", $"{parameter} has a key that is no text: '{key}'.");
}
