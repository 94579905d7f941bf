using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Acs;

/// <summary>The error envelope; some products write the names in lower case.</summary>
internal sealed record AcsErrorReply : AcsReply
{
    public string? Code { get; init; }

    public string? Message { get; init; }

    public string? Recommend { get; init; }

    public JsonElement? AccessDeniedDetail { get; init; }
}

[JsonSourceGenerationOptions(PropertyNameCaseInsensitive = true)]
[JsonSerializable(typeof(AcsErrorReply))]
internal sealed partial class AcsJson : JsonSerializerContext;

/// <summary>Reads a text that the service sometimes writes as a number or a boolean (Progress, Size, ImageVersion).</summary>
internal sealed class LenientText : JsonConverter<string?>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.Null => null,
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => reader.TryGetInt64(out var whole)
            ? whole.ToString(CultureInfo.InvariantCulture)
            : reader.GetDouble().ToString(CultureInfo.InvariantCulture),
        _ => throw new JsonException($"A text was expected, but {reader.TokenType} was found."),
    };

    public override void Write(Utf8JsonWriter writer, string? value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
