using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcsImages.Core.Contract;

/// <summary>Writes values as they travel: booleans as true and false, numbers as decimal text, times in UTC.</summary>
internal static class WireValue
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One plain value.</summary>
    /// <param name="value">A text, boolean, number or time.</param>
    /// <param name="example">A value of the documentation: some parameters take times without seconds.</param>
    public static string Text(JsonValue value, string? example = null)
    {
        if (value.TryGetValue<string>(out var text)) return text;
        if (value.TryGetValue<bool>(out var flag)) return flag ? "true" : "false";
        if (value.TryGetValue<DateTimeOffset>(out var time)) return Time(time, example);
        return value.TryGetValue<decimal>(out var number) ? number.ToString("0.#############################", CultureInfo.InvariantCulture) : value.ToJsonString();
    }

    /// <summary>A list or a document as JSON text.</summary>
    public static string Json(JsonNode node)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes, Readable)) Write(writer, node);
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    /// <summary>What is wrong with a value of a type; the value in its one spelling, where nothing is.</summary>
    public static (string Text, string? Problem) Check(ApiField field, string type, string text)
    {
        // The service takes an empty value for one that was not given.
        if (text.Length == 0) return (text, null);
        decimal? number = null;
        switch (type)
        {
            case "boolean":
                if (!bool.TryParse(text, out var flag)) return (text, $"is true or false, not '{text}'");
                return (flag ? "true" : "false", null);
            case "int32" or "int64":
                if (!long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) || (type == "int32" && whole != (int)whole))
                    return (text, $"is a whole number, not '{text}'");
                number = whole;
                break;
            case "float" or "double":
                if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)) return (text, $"is a number, not '{text}'");
                number = fraction;
                break;
        }
        if (number is { } n && field.Range is { } range && !range.Contains(n)) return (text, $"is {Bounds(range)}, not {text}");
        if (field.Length is { } length && type == "string" && !length.Contains(text.Length))
            return (text, $"has {Bounds(length)} characters, not {text.Length.ToString(CultureInfo.InvariantCulture)}");
        return (text, null);
    }

    /// <summary>Bounds in words.</summary>
    public static string Bounds(ApiBounds bounds) => (bounds.Least, bounds.Most) switch
    {
        ({ } least, { } most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}"),
        ({ } least, null) => string.Create(CultureInfo.InvariantCulture, $"at least {least}"),
        (null, { } most) => string.Create(CultureInfo.InvariantCulture, $"at most {most}"),
        _ => "any number of",
    };

    private static string Time(DateTimeOffset time, string? example)
    {
        // As in 2017-12-05T22:40Z.
        var withoutSeconds = example is { Length: 17 } && example[^1] == 'Z' && example[10] == 'T';
        return time.UtcDateTime.ToString(withoutSeconds ? "yyyy-MM-dd'T'HH:mm'Z'" : "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
    }

    private static void Write(Utf8JsonWriter writer, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject document:
                writer.WriteStartObject();
                foreach (var (name, member) in document)
                {
                    writer.WritePropertyName(name);
                    Write(writer, member);
                }
                writer.WriteEndObject();
                break;
            case JsonArray list:
                writer.WriteStartArray();
                foreach (var item in list) Write(writer, item);
                writer.WriteEndArray();
                break;
            case JsonValue value when value.TryGetValue<DateTimeOffset>(out var time):
                writer.WriteStringValue(Time(time, null));
                break;
            case null:
                writer.WriteNullValue();
                break;
            default:
                node.WriteTo(writer);
                break;
        }
    }
}
