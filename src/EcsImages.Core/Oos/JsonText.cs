using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Oos;

/// <summary>Reads JSON that travels as a text, and that some answers have as it is.</summary>
internal sealed class JsonText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType is JsonTokenType.String) return reader.GetString();
        using var json = JsonDocument.ParseValue(ref reader);
        return json.RootElement.GetRawText();
    }

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
