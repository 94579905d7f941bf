using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EcsImages.Core.Ram;

/// <summary>Writes policies as RAM takes them, always in the same order.</summary>
internal static class RamPolicyWriter
{
    // A document is for people and for RAM, never for a web page: nothing but what JSON needs is escaped.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A whole document, indented.</summary>
    public static string Write(RamPolicy policy) => Write(Indented, json =>
    {
        json.WriteStartObject();
        json.WriteString("Version", "1");
        json.WriteStartArray("Statement");
        foreach (var statement in policy.Statements) Write(json, statement);
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A statement on one line, to be pasted into a document.</summary>
    public static string Write(RamStatement statement) => Write(OneLine, json => Write(json, statement));

    private static void Write(Utf8JsonWriter json, RamStatement statement)
    {
        json.WriteStartObject();
        json.WriteString("Effect", statement.Effect.ToString());
        Write(json, statement.Actions.Except ? "NotAction" : "Action", statement.Actions.Values);
        Write(json, statement.Resources.Except ? "NotResource" : "Resource", statement.Resources.Values);
        if (statement.Conditions.Count > 0)
        {
            json.WriteStartObject("Condition");
            foreach (var group in statement.Conditions.GroupBy(static c => c.Operator, StringComparer.Ordinal))
            {
                json.WriteStartObject(group.Key);
                foreach (var condition in group) Write(json, condition.Key, condition.Values);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        if (values.Count == 1)
        {
            json.WriteString(name, values[0]);
            return;
        }
        json.WriteStartArray(name);
        foreach (var value in values) json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static string Write(JsonWriterOptions options, Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, options)) write(json);
        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length).ReplaceLineEndings("\n");
    }
}
