using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Oos.Templates;

/// <summary>A parameter of a template. Without a default it is mandatory.</summary>
internal sealed record TemplateParameter(string Name, string Type)
{
    public JsonNode? Default { get; init; }
    public IReadOnlyList<string> AllowedValues { get; init; } = [];
    public int LeastLength { get; init; }
    public int MostLength { get; init; } = int.MaxValue;
    public decimal Least { get; init; } = decimal.MinValue;
    public decimal Most { get; init; } = decimal.MaxValue;

    public static TemplateParameter Read(string name, JsonObject json) => new(name, json[nameof(Type)]!.GetValue<string>())
    {
        Default = json[nameof(Default)],
        AllowedValues = [.. json[nameof(AllowedValues)]?.AsArray().Select(static v => v!.GetValue<string>()) ?? []],
        LeastLength = json["MinLength"]?.GetValue<int>() ?? 0,
        MostLength = json["MaxLength"]?.GetValue<int>() ?? int.MaxValue,
        Least = json["MinValue"]?.GetValue<decimal>() ?? decimal.MinValue,
        Most = json["MaxValue"]?.GetValue<decimal>() ?? decimal.MaxValue,
    };

    /// <summary>The value as the type says; numbers, truths and JSON are also taken as text, as forms send them.</summary>
    /// <exception cref="EndpointError">InvalidParameter: of another type, or out of bounds.</exception>
    public JsonNode Check(JsonNode? value) => Type switch
    {
        "Boolean" => Boolean(value),
        "Number" => Number(value),
        "Json" => Json(value),
        _ => String(value),
    };

    private JsonValue String(JsonNode? value)
    {
        if (value?.GetValueKind() is not JsonValueKind.String) throw Wrong("it is not a text.");
        var text = value.GetValue<string>();
        if (text.Length < LeastLength || text.Length > MostLength) throw Wrong($"it has {text.Length} characters; allowed are {LeastLength} to {MostLength}.");
        if (AllowedValues.Count > 0 && !AllowedValues.Contains(text)) throw Wrong($"{text} is not one of {string.Join(", ", AllowedValues)}.");
        return JsonValue.Create(text);
    }

    private JsonValue Boolean(JsonNode? value) => bool.TryParse(value?.ToString(), out var truth) ? JsonValue.Create(truth) : throw Wrong("it is neither true nor false.");

    private JsonValue Number(JsonNode? value)
    {
        if (value?.GetValueKind() is not (JsonValueKind.Number or JsonValueKind.String)
            || !decimal.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) throw Wrong("it is not a number.");
        return number >= Least && number <= Most ? JsonValue.Create(number) : throw Wrong(string.Create(CultureInfo.InvariantCulture, $"{number} is not from {Least} to {Most}."));
    }

    private JsonNode Json(JsonNode? value)
    {
        if (value?.GetValueKind() is JsonValueKind.String) value = JsonInText.Parse($"Parameters.{Name}", value.GetValue<string>());
        return value is JsonObject or JsonArray ? value.DeepClone() : throw Wrong("it is neither an object nor a list in JSON.");
    }

    private EndpointError Wrong(string why) => Error.Invalid($"Parameters.{Name}", why);
}
