using System.Globalization;
using EcsImages.Core.Ecs;

namespace EcsImages.Core;

/// <summary>Reads the service's texts into typed values; what it cannot read is null, never a guess.</summary>
internal static class Wire
{
    /// <summary>A time of the API, which is UTC whether or not it says seconds.</summary>
    public static DateTimeOffset? Time(string? text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

    /// <summary>"42%" or "42".</summary>
    public static int? Percent(string? text) => Number(text?.TrimEnd('%'));

    /// <summary>A whole number that travels as text.</summary>
    public static int? Number(string? text) =>
        int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>A boolean that travels as text.</summary>
    public static bool? Boolean(string? text) => bool.TryParse(text, out var value) ? value : null;

    /// <summary>An absent text and an empty one are the same to a person.</summary>
    public static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    /// <summary>Tags as a dictionary; the first of two with one key counts.</summary>
    public static IDictionary<string, string> Tags(TagsReply? tags)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in tags?.Tag ?? []) if (tag?.TagKey is { } key) read.TryAdd(key, tag.TagValue ?? "");
        return read;
    }

    /// <summary>Ids as the one JSON text that some parameters want.</summary>
    public static string? IdList(IReadOnlyCollection<string>? ids) =>
        ids is not { Count: > 0 } ? null : $"[{string.Join(',', ids.Select(static id => $"\"{System.Text.Json.JsonEncodedText.Encode(id)}\""))}]";
}
