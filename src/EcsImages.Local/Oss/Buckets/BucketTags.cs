namespace EcsImages.Local.Oss.Buckets;

/// <summary>GetBucketTags, PutBucketTags and DeleteBucketTags. Source: their pages, and the help pages of EC 0010-00000207 and 0010-00000219.</summary>
internal static class BucketTags
{
    private const int Most = 20, LongestKey = 64, LongestValue = 128;
    private static readonly string[] Reserved = ["http://", "https://", "aliyun", "acs:"];

    public static Task<OssReply> GetAsync(OssCall call, CancellationToken stop) => Task.FromResult(TagSet.Reply(call.Read(session =>
        TagSet.OfRow(session.Scalar<string>("SELECT tags FROM oss_bucket WHERE name = $name", ("name", call.NeedOwned(session).Name))!))));

    /// <summary>Puts the tags in the place of all that there were.</summary>
    public static async Task<OssReply> PutAsync(OssCall call, CancellationToken stop)
    {
        Set(call, Check(TagSet.Read(await call.ReadSmallBodyAsync(stop).ConfigureAwait(false))));
        return OssReply.Empty();
    }

    public static Task<OssReply> DeleteAsync(OssCall call, CancellationToken stop)
    {
        Set(call, new Dictionary<string, string>());
        return Task.FromResult(OssReply.Empty(204));
    }

    private static void Set(OssCall call, IReadOnlyDictionary<string, string> tags) => call.Write(session =>
    {
        session.Execute("UPDATE oss_bucket SET tags = $tags WHERE name = $name", ("tags", TagSet.ToRow(tags)), ("name", call.NeedOwned(session).Name));
        return (true, false);
    });

    private static Dictionary<string, string> Check(IEnumerable<KeyValuePair<string, string>> given)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in given)
            if (key.Length is 0 or > LongestKey || value.Length > LongestValue || Reserved.Any(r => key.StartsWith(r, StringComparison.OrdinalIgnoreCase))
                || !tags.TryAdd(key, value) || tags.Count > Most) throw OssError.Of("InvalidTag.Bucket", ("TagKey", key));
        return tags;
    }
}
