using System.Globalization;
using System.Security.Cryptography;
using EcsImages.Core.Oss;
using EcsImages.Local.Oss.Bodies;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>CompleteMultipartUpload: the object takes the pieces of its parts; no byte is copied.</summary>
internal static class CompleteMultipartUpload
{
    private const int LeastPart = 100 * 1024;

    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var encode = ListPage.Encoder(call);
        var text = await call.ReadSmallBodyAsync(stop).ConfigureAwait(false);
        var listed = Listed(call, text);
        var made = call.Write(session =>
        {
            call.NeedWritable(session);
            var upload = Upload.Need(call, session);
            PutObject.CheckOverwrite(call, session);
            var parts = Choose(Part.All(session, upload.Id), listed);
            var completed = Complete(session, upload, parts);
            var frees = completed.Put(session);
            return (completed, frees | upload.Remove(session));
        });
        return OssReply.Xml(OssXml.Write("CompleteMultipartUploadResult", xml =>
            {
                if (ListPage.IsUrlEncoded(call)) xml.WriteElementString("EncodingType", "url");
                xml.WriteElementString("Location", $"http://{call.Request.Host}/{PercentText.EncodePath(call.Address.Key)}");
                xml.WriteElementString("Bucket", made.Bucket);
                xml.WriteElementString("Key", encode(made.KeyText));
                xml.WriteElementString("ETag", made.ETag);
            }))
            .With("ETag", made.ETag)
            .With("x-oss-hash-crc64ecma", made.Crc64.ToString(CultureInfo.InvariantCulture));
    }

    // Number and ETag of each part; null for all that there are.
    private static List<(int Number, string ETag)>? Listed(OssCall call, byte[] text)
    {
        if (call.Header("x-oss-complete-all") is { } all)
        {
            if (!all.Equals("yes", StringComparison.OrdinalIgnoreCase) || text.Length > 0) throw OssError.Argument("x-oss-complete-all", all);
            return null;
        }
        if (text.Length == 0) throw OssError.Of("MalformedXML");
        var listed = new List<(int Number, string ETag)>();
        foreach (var part in OssXml.Read(text, nameof(CompleteMultipartUpload)).Children("Part"))
        {
            if (!int.TryParse(part.Text("PartNumber"), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) || part.Text("ETag") is not { } etag)
                throw OssError.Of("MalformedXML");
            if (number is < 1 or > Part.MostParts) throw OssError.Argument("PartNumber", part.Text("PartNumber"));
            if (listed.Count > 0 && number <= listed[^1].Number) throw OssError.Of("InvalidPartOrder");
            listed.Add((number, etag.Trim().Trim('"')));
        }
        return listed.Count == 0 ? throw OssError.Of("MalformedXML") : listed;
    }

    private static List<Part> Choose(List<Part> parts, List<(int Number, string ETag)>? listed)
    {
        var byNumber = parts.ToDictionary(static p => p.Number);
        var chosen = listed is null ? parts : listed.ConvertAll(l =>
            byNumber.TryGetValue(l.Number, out var part) && part.ETag.Equals(l.ETag, StringComparison.OrdinalIgnoreCase)
                ? part : throw OssError.Of("InvalidPart", ("PartNumber", l.Number.ToString(CultureInfo.InvariantCulture)), ("ETag", l.ETag)));
        if (chosen.Count == 0) throw OssError.Of("InvalidPart");
        if (chosen.SkipLast(1).FirstOrDefault(static p => p.Size < LeastPart) is { } small)
            throw OssError.Of("EntityTooSmall", ("PartNumber", small.Number.ToString(CultureInfo.InvariantCulture)),
                ("ProposedSize", small.Size.ToString(CultureInfo.InvariantCulture)), ("MinSizeAllowed", LeastPart.ToString(CultureInfo.InvariantCulture)));
        return chosen;
    }

    private static StoredObject Complete(Session session, Upload upload, List<Part> parts)
    {
        var body = BodyRows.Create(session);
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        long size = 0;
        ulong crc = 0;
        foreach (var part in parts)
        {
            // The row of the part names its body: it goes first.
            session.Execute("DELETE FROM oss_part WHERE upload = $upload AND number = $number", ("upload", upload.Id), ("number", part.Number));
            BodyRows.TakeAll(session, body, size, part.Body);
            md5.AppendData(Convert.FromHexString(part.ETag));
            crc = Crc64.Combine(crc, part.Crc64, part.Size);
            size += part.Size;
        }
        return new StoredObject
        {
            Bucket = upload.Bucket,
            Key = upload.Key,
            Body = body,
            Size = size,
            Type = StoredObject.Multipart,
            ETag = $"\"{Convert.ToHexString(md5.GetHashAndReset())}-{parts.Count}\"",
            Crc64 = crc,
            Traits = upload.Traits,
            ModifiedAt = session.Now,
        };
    }
}
