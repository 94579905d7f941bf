namespace EcsImages.Local.Oss.Objects;

/// <summary>GetObjectTagging, PutObjectTagging and DeleteObjectTagging.</summary>
internal static class ObjectTagging
{
    public static Task<OssReply> GetAsync(OssCall call, CancellationToken stop)
    {
        var found = call.Read(session =>
        {
            call.NeedOwned(session);
            return StoredObject.Need(session, call.BucketName, call.Key);
        });
        return Task.FromResult(TagSet.Reply(found.Traits.Tags));
    }

    public static async Task<OssReply> PutAsync(OssCall call, CancellationToken stop)
    {
        Set(call, ObjectTraits.CheckTags(TagSet.Read(await call.ReadSmallBodyAsync(stop).ConfigureAwait(false))));
        return OssReply.Empty();
    }

    public static Task<OssReply> DeleteAsync(OssCall call, CancellationToken stop)
    {
        Set(call, new Dictionary<string, string>());
        return Task.FromResult(OssReply.Empty(204));
    }

    private static void Set(OssCall call, IReadOnlyDictionary<string, string> tags) => call.Write(session =>
    {
        call.NeedOwned(session);
        var found = StoredObject.Need(session, call.BucketName, call.Key);
        (found with { Traits = found.Traits with { Tags = tags } }).Write(session);
        return (true, false);
    });
}
