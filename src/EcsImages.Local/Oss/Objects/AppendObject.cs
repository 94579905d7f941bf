using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Oss;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Objects;

/// <summary>AppendObject: bytes at the end of an object that was begun this way.</summary>
internal static class AppendObject
{
    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        PutObject.NeedLength(call.Request);
        ContentMd5.CheckForm(call.Request);
        var text = call.Parameter("position");
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position)) throw OssError.Argument("position", text);
        var bucket = call.Read(session =>
        {
            Find(call, session, position);
            return call.NeedWritable(session);
        });
        var traits = ObjectTraits.Of(call.Request, bucket.StorageClass);
        var received = await ReceivedBody.ReceiveAsync(call.Store, call.Request, stop).ConfigureAwait(false);
        await using (received.ConfigureAwait(false))
        {
            ContentMd5.Check(call.Request, received.Md5);
            if (received.Length > ReceivedBody.Most - position) throw OssError.Of("EntityTooLarge");
            var appended = call.Write(session =>
            {
                var before = Find(call, session, position);
                var body = before?.Body ?? BodyRows.Create(session);
                received.Store(session, body, position);
                var crc = Crc64.Combine(before?.Crc64 ?? 0, received.Crc64, received.Length);
                var size = position + received.Length;
                var made = new StoredObject
                {
                    Bucket = bucket.Name,
                    Key = call.Key,
                    Body = body,
                    Size = size,
                    Type = StoredObject.Appendable,
                    ETag = ETag(crc, size),
                    Crc64 = crc,
                    Traits = before?.Traits ?? traits,
                    ModifiedAt = session.Now,
                };
                made.Write(session);
                return (made, false);
            });
            return OssReply.Empty()
                .With("ETag", appended.ETag)
                .With("x-oss-hash-crc64ecma", appended.Crc64.ToString(CultureInfo.InvariantCulture))
                .With("x-oss-next-append-position", appended.Size);
        }
    }

    private static StoredObject? Find(OssCall call, Session session, long position)
    {
        call.NeedWritable(session);
        var found = StoredObject.Find(session, call.BucketName, call.Key);
        if (found is not null and not { Type: StoredObject.Appendable }) throw OssError.Of("ObjectNotAppendable", ("Key", call.Address.Key));
        return position == (found?.Size ?? 0) ? found : throw OssError.Of("PositionNotEqualToLength", ("Key", call.Address.Key));
    }

    // Not the MD5 of the bytes, at the service neither: something that changes with them.
    private static string ETag(ulong crc, long size) => '"' + Convert.ToHexString(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{crc}:{size}"))).AsSpan(0, 16)) + '"';
}
