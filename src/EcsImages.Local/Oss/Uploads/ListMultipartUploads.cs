using System.Text;
using System.Xml;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Uploads;

/// <summary>ListMultipartUploads: those under way, by key, then by id.</summary>
internal static class ListMultipartUploads
{
    private const string BeyondEveryId = "~";

    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var (encode, most) = (ListPage.Encoder(call), ListPage.Most(call, "max-uploads", ListPage.MostKeys));
        var (prefix, delimiter) = (call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "");
        var (keyMarker, idMarker) = (call.Parameter("key-marker") ?? "", call.Parameter("upload-id-marker") ?? "");
        var page = call.Read(session => Read(session, call.NeedOwned(session).Name, prefix, delimiter, keyMarker, idMarker, most));
        return Task.FromResult(OssReply.Xml(OssXml.Write("ListMultipartUploadsResult", xml =>
        {
            if (ListPage.IsUrlEncoded(call)) xml.WriteElementString("EncodingType", "url");
            xml.WriteElementString("Bucket", call.BucketName);
            xml.WriteElementString("KeyMarker", encode(keyMarker));
            xml.WriteElementString("UploadIdMarker", idMarker);
            xml.WriteElementString("NextKeyMarker", encode(page.IsTruncated ? page.LastKey : ""));
            xml.WriteElementString("NextUploadIdMarker", page.IsTruncated ? page.LastId : "");
            xml.WriteElementString("Delimiter", encode(delimiter));
            xml.WriteElementString("Prefix", encode(prefix));
            xml.WriteElementString("MaxUploads", XmlConvert.ToString(most));
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(page.IsTruncated));
            foreach (var upload in page.Uploads)
                xml.Element("Upload", () =>
                {
                    xml.WriteElementString("Key", encode(upload.KeyText));
                    xml.WriteElementString("UploadId", upload.Id);
                    xml.WriteElementString("StorageClass", upload.Traits.StorageClass);
                    xml.WriteElementString("Initiated", Times.Millisecond(upload.StartedAt));
                });
            foreach (var common in page.CommonPrefixes) xml.Element("CommonPrefixes", () => xml.WriteElementString("Prefix", encode(common)));
        })));
    }

    private static Page Read(Session session, string bucket, string prefix, string delimiter, string keyMarker, string idMarker, int most)
    {
        var page = new Page();
        var before = ByteOrder.BeforeNext(Encoding.UTF8.GetBytes(prefix));
        var (from, after) = string.CompareOrdinal(keyMarker, prefix) > 0
            // Without an id all uploads of the marker's key are behind it.
            ? (Encoding.UTF8.GetBytes(keyMarker), idMarker.Length == 0 ? BeyondEveryId : idMarker)
            : (Encoding.UTF8.GetBytes(prefix), "");
        while (true)
        {
            var rows = Upload.Range(session, bucket, from, after, before, ListPage.MostKeys);
            foreach (var upload in rows)
            {
                (from, after) = (upload.Key, upload.Id);
                var key = upload.KeyText;
                var at = delimiter.Length == 0 ? -1 : key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
                var common = at < 0 ? null : key[..(at + delimiter.Length)];
                // All of a common prefix count as one; a marker within it has shown it already.
                if (common is not null && (page.CommonPrefixes.LastOrDefault() == common || keyMarker.StartsWith(common, StringComparison.Ordinal))) continue;
                if (page.Uploads.Count + page.CommonPrefixes.Count == most)
                {
                    page.IsTruncated = true;
                    return page;
                }
                if (common is null) page.Uploads.Add(upload);
                else page.CommonPrefixes.Add(common);
                (page.LastKey, page.LastId) = (key, upload.Id);
            }
            if (rows.Count < ListPage.MostKeys) return page;
        }
    }

    private sealed class Page
    {
        public List<Upload> Uploads { get; } = [];

        public List<string> CommonPrefixes { get; } = [];

        public bool IsTruncated { get; set; }

        public string LastKey { get; set; } = "";

        public string LastId { get; set; } = "";
    }
}
