namespace EcsImages.Local.Oss.Objects;

/// <summary>DeleteObject: the same answer whether there was one or not.</summary>
internal static class DeleteObject
{
    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        call.Write(session =>
        {
            var bucket = call.NeedWritable(session);
            return (true, StoredObject.Remove(session, bucket.Name, call.Key));
        });
        return Task.FromResult(OssReply.Empty(204));
    }
}
