using System.Globalization;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Buckets;

namespace EcsImages.Local.Oss.Objects;

/// <summary>CopyObject: another object on the same contents.</summary>
internal static class CopyObject
{
    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var source = CopySource.Of(call.Request);
        var copy = call.Write(session =>
        {
            var target = call.NeedWritable(session);
            var found = source.Need(call, session, target);
            PutObject.CheckOverwrite(call, session);
            var body = BodyRows.Create(session);
            BodyRows.AddAll(session, body, 0, found.Body);
            var made = found with
            {
                Bucket = target.Name,
                Key = call.Key,
                Body = body,
                Type = StoredObject.Normal,
                Traits = Traits(call, found, target),
                ModifiedAt = session.Now,
            };
            return (made, made.Put(session));
        });
        return Task.FromResult(OssReply.Xml(OssXml.Write("CopyObjectResult", xml =>
            {
                xml.WriteElementString("ETag", copy.ETag);
                xml.WriteElementString("LastModified", Times.Millisecond(copy.LastModified));
            }))
            .With("ETag", copy.ETag)
            .With("x-oss-hash-crc64ecma", copy.Crc64.ToString(CultureInfo.InvariantCulture)));
    }

    private static ObjectTraits Traits(OssCall call, StoredObject found, Bucket target)
    {
        var asked = ObjectTraits.Of(call.Request, target.StorageClass);
        // A copy of an object onto itself is how its metadata are replaced.
        var isSame = found.Bucket == target.Name && found.Key.AsSpan().SequenceEqual(call.Key);
        return asked with
        {
            Headers = isSame || Replaces(call, "x-oss-metadata-directive") ? asked.Headers : found.Traits.Headers,
            Tags = Replaces(call, "x-oss-tagging-directive") ? asked.Tags : found.Traits.Tags,
        };
    }

    private static bool Replaces(OssCall call, string header) => call.Header(header)?.ToUpperInvariant() switch
    {
        null or "" or "COPY" => false,
        "REPLACE" => true,
        var other => throw OssError.Argument(header, other),
    };
}
