namespace EcsImages.Local.Oss.Buckets;

/// <summary>DeleteBucket: only an empty one.</summary>
internal static class DeleteBucket
{
    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        call.Write(session =>
        {
            var bucket = call.NeedOwned(session);
            if (Holds("oss_object")) throw OssError.Of("BucketNotEmpty", ("BucketName", bucket.Name));
            if (Holds("oss_upload")) throw OssError.Of("BucketNotEmpty.Uploads", ("BucketName", bucket.Name));
            session.Execute("DELETE FROM oss_bucket WHERE name = $name", ("name", bucket.Name));
            return (true, false);

            bool Holds(string table) => session.Scalar<long>($"SELECT EXISTS (SELECT 1 FROM {table} WHERE bucket = $name)", ("name", bucket.Name)) != 0;
        });
        return Task.FromResult(OssReply.Empty(204));
    }
}
