using System.Globalization;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>UploadPart: in any order, and again; the last one of a number counts.</summary>
internal static class UploadPart
{
    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        PutObject.NeedLength(call.Request);
        ContentMd5.CheckForm(call.Request);
        var number = Part.NumberOf(call);
        call.Read(session =>
        {
            call.NeedWritable(session);
            return Upload.Need(call, session);
        });
        var received = await ReceivedBody.ReceiveAsync(call.Store, call.Request, stop).ConfigureAwait(false);
        await using (received.ConfigureAwait(false))
        {
            ContentMd5.Check(call.Request, received.Md5);
            var part = call.Write(session =>
            {
                call.NeedWritable(session);
                var upload = Upload.Need(call, session);
                var body = BodyRows.Create(session);
                received.Store(session, body, 0);
                var made = new Part(number, body, received.Length, received.ETag, received.Crc64, session.Now);
                return (made, made.Put(session, upload.Id));
            });
            return OssReply.Empty()
                .With("ETag", $"\"{part.ETag}\"")
                .With("Content-MD5", Convert.ToBase64String(received.Md5))
                .With("x-oss-hash-crc64ecma", part.Crc64.ToString(CultureInfo.InvariantCulture));
        }
    }
}
