using System.Globalization;
using System.Xml;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>ListParts: what has come in, by number.</summary>
internal static class ListParts
{
    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var (encode, most) = (ListPage.Encoder(call), ListPage.Most(call, "max-parts", ListPage.MostKeys));
        var text = call.Parameter("part-number-marker") is { Length: > 0 } given ? given : "0";
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var after)) throw OssError.Argument("part-number-marker", text);
        var (upload, parts) = call.Read(session =>
        {
            call.NeedOwned(session);
            var known = Upload.Need(call, session);
            return (known, Part.Range(session, known.Id, after, most + 1));
        });
        var page = parts.Take(most).ToArray();
        return Task.FromResult(OssReply.Xml(OssXml.Write("ListPartsResult", xml =>
        {
            if (ListPage.IsUrlEncoded(call)) xml.WriteElementString("EncodingType", "url");
            xml.WriteElementString("Bucket", upload.Bucket);
            xml.WriteElementString("Key", encode(upload.KeyText));
            xml.WriteElementString("UploadId", upload.Id);
            xml.WriteElementString("StorageClass", upload.Traits.StorageClass);
            xml.WriteElementString("PartNumberMarker", XmlConvert.ToString(after));
            xml.WriteElementString("NextPartNumberMarker", XmlConvert.ToString(page.Length == 0 ? 0 : page[^1].Number));
            xml.WriteElementString("MaxParts", XmlConvert.ToString(most));
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(parts.Count > most));
            foreach (var part in page)
                xml.Element("Part", () =>
                {
                    xml.WriteElementString("PartNumber", XmlConvert.ToString(part.Number));
                    xml.WriteElementString("LastModified", Times.Millisecond(part.ModifiedAt));
                    xml.WriteElementString("ETag", $"\"{part.ETag}\"");
                    xml.WriteElementString("HashCrc64ecma", XmlConvert.ToString(part.Crc64));
                    xml.WriteElementString("Size", XmlConvert.ToString(part.Size));
                });
        })));
    }
}
