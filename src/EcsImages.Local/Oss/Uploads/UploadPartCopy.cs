using System.Buffers;
using System.Security.Cryptography;
using EcsImages.Core.Oss;
using EcsImages.Local.Contents;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>UploadPartCopy: a part on the contents of an object. Its bytes are read for their digest, not copied.</summary>
internal static class UploadPartCopy
{
    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var number = Part.NumberOf(call);
        var source = CopySource.Of(call.Request);
        var (range, reader) = BodyReader.Open(call.Store, session =>
        {
            var target = call.NeedWritable(session);
            Upload.Need(call, session);
            var found = source.Need(call, session, target);
            var wanted = ContentRange.OfCopy(call.Header("x-oss-copy-source-range"), found.Size);
            return wanted.Length > ReceivedBody.Most ? throw OssError.Of("EntityTooLarge") : (wanted, new BodyRange(found.Body, wanted.Start, wanted.Length));
        }, toShare: true);
        using (reader)
        {
            var (etag, crc) = await DigestAsync(reader, stop).ConfigureAwait(false);
            var part = call.Write(session =>
            {
                call.NeedWritable(session);
                var upload = Upload.Need(call, session);
                var body = BodyRows.Create(session);
                reader.AddTo(session, body);
                var made = new Part(number, body, range.Length, etag, crc, session.Now);
                return (made, made.Put(session, upload.Id));
            });
            return OssReply.Xml(OssXml.Write("CopyPartResult", xml =>
            {
                xml.WriteElementString("LastModified", Times.Millisecond(part.ModifiedAt));
                xml.WriteElementString("ETag", $"\"{part.ETag}\"");
            })).With("ETag", $"\"{part.ETag}\"");
        }
    }

    private static async Task<(string ETag, ulong Crc64)> DigestAsync(BodyReader reader, CancellationToken stop)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        ulong crc = 0;
        var buffer = ArrayPool<byte>.Shared.Rent(MiB.Size);
        try
        {
            foreach (var piece in reader.Pieces)
                for (long at = 0; at < piece.Length; at += MiB.Size)
                {
                    var bytes = buffer.AsMemory(0, (int)Math.Min(MiB.Size, piece.Length - at));
                    await reader.ReadAsync(piece, at, bytes, stop).ConfigureAwait(false);
                    md5.AppendData(bytes.Span);
                    crc = Crc64.Append(crc, bytes.Span);
                }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
        return (Convert.ToHexString(md5.GetHashAndReset()), crc);
    }
}
