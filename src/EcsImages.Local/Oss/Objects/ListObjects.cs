using System.Xml;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Buckets;

namespace EcsImages.Local.Oss.Objects;

/// <summary>GetBucket (ListObjects) and ListObjectsV2.</summary>
internal static class ListObjects
{
    private const int UsualKeys = 100;

    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop) =>
        Task.FromResult(call.Parameter("list-type") switch
        {
            null => First(call),
            "2" => Second(call),
            var other => throw OssError.Argument("list-type", other),
        });

    private static OssReply First(OssCall call)
    {
        var marker = call.Parameter("marker") ?? "";
        var (encode, most) = (ListPage.Encoder(call), ListPage.Most(call, "max-keys", UsualKeys));
        var (bucket, page) = Read(call, marker, most);
        return OssReply.Xml(OssXml.Write("ListBucketResult", xml =>
        {
            Head(xml, call, bucket, encode);
            xml.WriteElementString("Marker", encode(marker));
            xml.WriteElementString("MaxKeys", XmlConvert.ToString(most));
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(page.IsTruncated));
            if (page.IsTruncated) xml.WriteElementString("NextMarker", encode(page.Last));
            Entries(xml, page, encode, bucket.Account);
        }));
    }

    private static OssReply Second(OssCall call)
    {
        var (start, token) = (call.Parameter("start-after") ?? "", call.Parameter("continuation-token"));
        var (encode, most) = (ListPage.Encoder(call), ListPage.Most(call, "max-keys", UsualKeys));
        var (bucket, page) = Read(call, token is null ? start : ContinuationToken.Read(token), most);
        return OssReply.Xml(OssXml.Write("ListBucketResult", xml =>
        {
            Head(xml, call, bucket, encode);
            if (start.Length > 0) xml.WriteElementString("StartAfter", encode(start));
            if (token is not null) xml.WriteElementString("ContinuationToken", encode(token));
            xml.WriteElementString("MaxKeys", XmlConvert.ToString(most));
            xml.WriteElementString("KeyCount", XmlConvert.ToString(page.Count));
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(page.IsTruncated));
            if (page.IsTruncated) xml.WriteElementString("NextContinuationToken", encode(ContinuationToken.Write(page.Last)));
            Entries(xml, page, encode, call.Parameter("fetch-owner") is "true" ? bucket.Account : null);
        }));
    }

    private static (Bucket Bucket, ListPage Page) Read(OssCall call, string after, int most) => call.Read(session =>
    {
        var bucket = call.NeedListable(session);
        return (bucket, ListPage.Read(session, bucket.Name, call.Parameter("prefix") ?? "", call.Parameter("delimiter") ?? "", after, most));
    });

    private static void Head(XmlWriter xml, OssCall call, Bucket bucket, Func<string, string> encode)
    {
        xml.WriteElementString("Name", bucket.Name);
        xml.WriteElementString("Prefix", encode(call.Parameter("prefix") ?? ""));
        xml.WriteElementString("Delimiter", encode(call.Parameter("delimiter") ?? ""));
        if (ListPage.IsUrlEncoded(call)) xml.WriteElementString("EncodingType", "url");
    }

    private static void Entries(XmlWriter xml, ListPage page, Func<string, string> encode, string? owner)
    {
        foreach (var found in page.Objects)
            xml.Element("Contents", () =>
            {
                xml.WriteElementString("Key", encode(found.KeyText));
                xml.WriteElementString("LastModified", Times.Millisecond(found.LastModified));
                xml.WriteElementString("ETag", found.ETag);
                xml.WriteElementString("Type", found.Type);
                xml.WriteElementString("Size", XmlConvert.ToString(found.Size));
                xml.WriteElementString("StorageClass", found.Traits.StorageClass);
                if (owner is not null) xml.Owner(owner);
            });
        foreach (var prefix in page.CommonPrefixes) xml.Element("CommonPrefixes", () => xml.WriteElementString("Prefix", encode(prefix)));
    }
}
