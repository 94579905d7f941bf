using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs;

/// <summary>A tag, as key and value.</summary>
internal sealed record TagPair(string Key, string Value);

/// <summary>The rules of tags in requests.</summary>
internal static class TagWords
{
    /// <summary>The patterns that operations judge by these rules.</summary>
    public static readonly string[] Judged = ["Tag.N", "Tag.N.Key", "Tag.N.Value"];

    /// <summary>The tags that a new resource is to have; up to 20.</summary>
    public static IReadOnlyList<TagPair> Read(Call call, string tooMany = "QuotaExceed.Tags", string parameter = "Tag")
    {
        var structs = call.Structs(parameter);
        if (structs.Count > TagRows.MostOnOne) throw Error.Of(tooMany, structs.Count);
        var tags = structs.Select(static t => new TagPair(Key(t.Text("Key") ?? ""), Value(t.Text("Value") ?? ""))).ToList();
        NeedDistinct(tags.Select(static t => t.Key));
        return tags;
    }

    public static string Key(string key) =>
        key.Length is >= 1 and <= 128 && !ImageWords.StartsWithAny(key, "aliyun", "acs:") && !ImageWords.HoldsAddress(key)
            ? key : throw Error.Of("InvalidTagKey.Malformed", key);

    public static void NeedDistinct(IEnumerable<string> keys)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        if (keys.FirstOrDefault(k => !known.Add(k)) is { } twice) throw Error.Of("Duplicate.TagKey", twice);
    }

    private static string Value(string value) =>
        value.Length <= 128 && !ImageWords.StartsWithAny(value, "acs:") && !ImageWords.HoldsAddress(value)
            ? value : throw Error.Of("InvalidTagValue.Malformed", value);
}
