using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Net;
using System.Numerics;
using System.Security;
using System.Text.Json.Nodes;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Api;

/// <summary>Reads what people give as parameters of an operation: hashtables, objects, lists, and plain values, within one another.</summary>
internal sealed class ApiValues
{
    // No request of the API comes near; a list without end, or one that holds itself, would.
    private const int Deepest = 16;
    private const int Most = 20_000;
    private int _count;

    /// <summary>The members of a hashtable or an object; none of nothing.</summary>
    public JsonObject Members(object? value) => Node(value, "", 0) switch
    {
        null => [],
        JsonObject members => members,
        _ => throw new CmdletInputException("InvalidParameter", "-Parameter takes a hashtable or an object.", "Write -Parameter @{ ImageId = 'm-...' }."),
    };

    /// <summary>A value as plain data; null for nothing.</summary>
    /// <param name="value">What was given.</param>
    /// <param name="name">The parameter that it was given for.</param>
    public JsonNode? Node(object? value, string name) => Node(value, name, 0);

    private JsonNode? Node(object? value, string name, int depth)
    {
        if (depth > Deepest) throw new CmdletInputException("InvalidParameter", $"'{name}' goes deeper than {Deepest} levels; perhaps it holds itself.");
        if (++_count > Most) throw new CmdletInputException("InvalidParameter", $"'{name}' and what goes before it are more than {Most} values.");
        if (value is PSObject wrapped)
        {
            if (wrapped.BaseObject is PSCustomObject) return Object(wrapped.Properties.Select(static p => new DictionaryEntry(p.Name, p.Value)), name, depth);
            value = wrapped.BaseObject;
        }
        return value switch
        {
            null => null,
            string text => JsonValue.Create(text),
            IDictionary members => Object(members.Cast<DictionaryEntry>(), name, depth),
            IEnumerable items => new JsonArray([.. items.Cast<object?>().Select(i => Node(i, name, depth + 1))]),
            _ => Plain(value, name),
        };
    }

    private JsonObject Object(IEnumerable<DictionaryEntry> members, string name, int depth)
    {
        var read = new JsonObject();
        foreach (var member in members)
        {
            var key = Convert.ToString(member.Key is PSObject wrapped ? wrapped.BaseObject : member.Key, CultureInfo.InvariantCulture);
            if (string.IsNullOrWhiteSpace(key)) throw new CmdletInputException("InvalidParameter", name.Length == 0 ? "A parameter has no name." : $"A member of '{name}' has no name.");
            var path = name.Length == 0 ? key : $"{name}.{key}";
            if (!read.TryAdd(key, Node(member.Value, path, depth + 1))) throw new CmdletInputException("DuplicateParameter", $"'{path}' is given twice.");
        }
        return read;
    }

    private static JsonValue Plain(object value, string name) => value switch
    {
        bool flag => JsonValue.Create(flag),
        SwitchParameter flag => JsonValue.Create(flag.IsPresent),
        char letter => JsonValue.Create(letter.ToString()),
        // What the service calls it, not the number behind it.
        Enum word => JsonValue.Create(word.ToString()),
        sbyte or byte or short or ushort or int or uint or long => JsonValue.Create(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => JsonValue.Create((decimal)number),
        decimal number => JsonValue.Create(number),
        float number => Number(number, number.ToString(CultureInfo.InvariantCulture), name),
        double number => Number(number, number.ToString(CultureInfo.InvariantCulture), name),
        BigInteger number => JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        DateTime time => JsonValue.Create(new DateTimeOffset(time.ToUniversalTime())),
        DateTimeOffset time => JsonValue.Create(time),
        DateOnly day => JsonValue.Create(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        Guid or Uri or Version or IPAddress => JsonValue.Create(value.ToString()!),
        SecureString secret => Secret(secret, name),
        PSCredential => throw new CmdletInputException("InvalidParameter", $"'{name}' takes no credential.", "Give its password alone: $credential.Password."),
        _ => throw new CmdletInputException("InvalidParameter", $"'{name}' takes no {value.GetType().Name}.", "Give the property of it that is meant, such as $image.ImageId."),
    };

    private static JsonValue Number(double number, string text, string name)
    {
        if (!double.IsFinite(number)) throw new CmdletInputException("InvalidParameter", $"'{name}' is no number.");
        return decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? JsonValue.Create(exact) : JsonValue.Create(text);
    }

    // A secret goes only where one is meant to go: anything else may be shown by -Debug, -WhatIf or an error.
    private static JsonValue Secret(SecureString secret, string name) =>
        name.EndsWith("Password", StringComparison.OrdinalIgnoreCase)
            ? JsonValue.Create(new NetworkCredential("", secret).Password)
            : throw new CmdletInputException("InvalidParameter", $"'{name}' is no password; a SecureString is taken for one only.");
}
