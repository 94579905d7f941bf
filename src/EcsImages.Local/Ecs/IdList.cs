using System.Text.Json;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>Up to 100 ids as a JSON array in one value; the code for a bad one differs from operation to operation.</summary>
internal static class IdList
{
    public static IReadOnlyList<string>? Of(Call call, string name, string malformed)
    {
        if (call.Text(name) is not { } text) return null;
        try
        {
            if (JsonSerializer.Deserialize(text, JsonText.Default.StringArray) is { Length: > 0 } ids && ids.All(static i => i is not null))
                return ids.Length <= 100 ? ids : throw Error.Of(malformed, name, $"it has {ids.Length} ids; at most 100 are allowed.");
        }
        catch (JsonException)
        {
            // Said below.
        }
        throw Error.Of(malformed, name, "it is not a JSON array of ids.");
    }
}
