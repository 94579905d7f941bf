using System.Globalization;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Objects;

/// <summary>PutObject: the old object until the last byte is safe, then the new one.</summary>
internal static class PutObject
{
    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        NeedLength(call.Request);
        ContentMd5.CheckForm(call.Request);
        var bucket = call.Read(session => Check(call, session));
        var traits = ObjectTraits.Of(call.Request, bucket.StorageClass);
        var received = await ReceivedBody.ReceiveAsync(call.Store, call.Request, stop).ConfigureAwait(false);
        await using (received.ConfigureAwait(false))
        {
            ContentMd5.Check(call.Request, received.Md5);
            var put = call.Write(session =>
            {
                Check(call, session);
                var body = BodyRows.Create(session);
                received.Store(session, body, 0);
                var made = new StoredObject
                {
                    Bucket = bucket.Name,
                    Key = call.Key,
                    Body = body,
                    Size = received.Length,
                    Type = StoredObject.Normal,
                    ETag = $"\"{received.ETag}\"",
                    Md5 = Convert.ToBase64String(received.Md5),
                    Crc64 = received.Crc64,
                    Traits = traits,
                    ModifiedAt = session.Now,
                };
                return (made, made.Put(session));
            });
            return OssReply.Empty()
                .With("ETag", put.ETag)
                .With("Content-MD5", put.Md5)
                .With("x-oss-hash-crc64ecma", put.Crc64.ToString(CultureInfo.InvariantCulture));
        }
    }

    /// <exception cref="OssError">Neither a length nor chunks: the end of the body could not be told from a broken connection.</exception>
    public static void NeedLength(OssRequest request)
    {
        if (request.ContentLength is null && request.Header("transfer-encoding") is null) throw OssError.Of("MissingContentLength");
    }

    /// <exception cref="OssError">x-oss-forbid-overwrite, and there is an object of that key.</exception>
    public static void CheckOverwrite(OssCall call, Session session)
    {
        if (string.Equals(call.Header("x-oss-forbid-overwrite"), "true", StringComparison.OrdinalIgnoreCase)
            && StoredObject.Find(session, call.BucketName, call.Key) is not null)
            throw OssError.Of("FileAlreadyExists", ("Key", call.Address.Key));
    }

    private static Buckets.Bucket Check(OssCall call, Session session)
    {
        var bucket = call.NeedWritable(session);
        CheckOverwrite(call, session);
        return bucket;
    }
}
