using System.Text.Json;
using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oos;

/// <summary>The tags of executions, which travel and are answered as one JSON object.</summary>
internal static class ExecutionTags
{
    public const string ResourceType = "execution";

    private const int LongestValue = 128;

    public static IReadOnlyList<TagPair> Read(Call call) => [.. JsonInText.Object(call, "Tags").Select(static t => new TagPair(TagWords.Key(t.Key), Value(t.Key, t.Value)))];

    public static JsonObject Json(Session store, string execution) => new(store.List(
        "SELECT key, value FROM tag WHERE resource = $id ORDER BY key",
        static r => KeyValuePair.Create(r.GetString(0), (JsonNode?)JsonValue.Create(r.GetString(1))), ("id", execution)));

    private static string Value(string key, JsonNode? value) =>
        value?.GetValueKind() is JsonValueKind.String && value.GetValue<string>() is { Length: <= LongestValue } text
            ? text : throw Error.Invalid($"Tags.{key}", $"its value is not a text of up to {LongestValue} characters.");
}
