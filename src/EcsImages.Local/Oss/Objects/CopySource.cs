using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Objects;

/// <summary>x-oss-copy-source: /bucket/key, the key encoded.</summary>
internal sealed record CopySource(string Bucket, byte[] Key)
{
    private const string Header = "x-oss-copy-source";

    public static bool IsIn(OssRequest request) => request.Header(Header) is not null;

    public static CopySource Of(OssRequest request)
    {
        var text = request.Header(Header)!.Trim().TrimStart('/');
        var question = text.IndexOf('?', StringComparison.Ordinal);
        if (question >= 0)
        {
            if (text[question..] is not "?versionId=null") throw OssError.Of("NoSuchVersion");
            text = text[..question];
        }
        // Some clients encode a space as a plus; a plus of the key is always %2B.
        return text.Split('/', 2) is [{ Length: > 0 } bucket, { Length: > 0 } key]
            ? new(PercentText.DecodeQuery(bucket), OssNames.CheckKey(PercentText.DecodeQuery(key)))
            : throw OssError.Argument(Header, request.Header(Header));
    }

    /// <summary>The object, which the caller may read, in the region of the target, and as the conditions want it.</summary>
    public StoredObject Need(OssCall call, Session session, Bucket target)
    {
        OssNames.CheckBucket(Bucket);
        var bucket = Buckets.Bucket.Find(session, Bucket) ?? throw OssError.Of("NoSuchBucket", ("BucketName", Bucket));
        if (bucket.Region != target.Region) throw OssError.Of("AccessDenied.OtherRegion");
        var found = call.NeedReadable(session, bucket, Key);
        return Conditions.Check(call.Request, found, "x-oss-copy-source-") ? found : throw OssError.Of("NotModified");
    }
}
