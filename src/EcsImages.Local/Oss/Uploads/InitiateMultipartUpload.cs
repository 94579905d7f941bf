using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>InitiateMultipartUpload: metadata, class and ACL of the object are settled here.</summary>
internal static class InitiateMultipartUpload
{
    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var encode = ListPage.Encoder(call);
        await call.ReadSmallBodyAsync(stop).ConfigureAwait(false);
        var upload = call.Write(session =>
        {
            var bucket = call.NeedWritable(session);
            PutObject.CheckOverwrite(call, session);
            var begun = new Upload(Upload.NewId(), bucket.Name, call.Key, ObjectTraits.Of(call.Request, bucket.StorageClass), session.Now);
            begun.Insert(session);
            return (begun, false);
        });
        return OssReply.Xml(OssXml.Write("InitiateMultipartUploadResult", xml =>
        {
            if (ListPage.IsUrlEncoded(call)) xml.WriteElementString("EncodingType", "url");
            xml.WriteElementString("Bucket", upload.Bucket);
            xml.WriteElementString("Key", encode(upload.KeyText));
            xml.WriteElementString("UploadId", upload.Id);
        }));
    }
}
