using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace EcsImages.Core.Acs;

/// <summary>A reply as it came, of an operation that has no shape of its own here.</summary>
/// <param name="Json">The whole reply, an object.</param>
[JsonConverter(typeof(AnyReplyConverter))]
internal sealed record AnyReply(JsonElement Json) : AcsReply;

internal sealed class AnyReplyConverter : JsonConverter<AnyReply>
{
    public override AnyReply Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        CheckTexts(reader);
        var json = JsonElement.ParseValue(ref reader);
        if (json.ValueKind is not JsonValueKind.Object) throw new JsonException($"An object was expected, but {json.ValueKind} was found.");
        var requestId = json.TryGetProperty("RequestId", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString() : null;
        return new AnyReply(json) { RequestId = requestId };
    }

    // A text with half of a surrogate pair, or of other than UTF-8, is none: whoever took it out of the element later would fail for no visible reason. Here it is a JsonException.
    private static void CheckTexts(Utf8JsonReader reader)
    {
        var depth = reader.CurrentDepth;
        do
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && (reader.ValueIsEscaped || reader.HasValueSequence || !Utf8.IsValid(reader.ValueSpan)))
                _ = reader.GetString();
        }
        while (reader.Read() && reader.CurrentDepth > depth);
    }

    public override void Write(Utf8JsonWriter writer, AnyReply value, JsonSerializerOptions options) => value.Json.WriteTo(writer);
}

[JsonSerializable(typeof(AnyReply))]
[JsonSerializable(typeof(Dictionary<string, string>))]
internal sealed partial class AnyJson : JsonSerializerContext;
