using System.Text.Json.Nodes;

namespace EcsImages.Local.Dispatch;

/// <summary>The answer of an operation, without the RequestId, which the dispatcher adds.</summary>
internal sealed record Reply(JsonObject Body)
{
    public static Reply Empty => new([]);

    /// <summary>A list in the service's wrapping: <c>Images: { Image: [ ... ] }</c>.</summary>
    public static JsonObject Wrap(string item, IEnumerable<JsonNode?> items) => new() { [item] = new JsonArray([.. items]) };
}
