using System.Xml;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss.Objects;

namespace EcsImages.Local.Oss.Buckets;

/// <summary>GetService (ListBuckets): those of the caller, of all regions.</summary>
internal static class ListBuckets
{
    private const int UsualBuckets = 100;

    public static Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var account = call.Caller?.Account.AccountId ?? throw OssError.Of("AccessDenied.Anonymous");
        var (prefix, marker, most) = (call.Parameter("prefix") ?? "", call.Parameter("marker") ?? "", ListPage.Most(call, "max-keys", UsualBuckets));
        var matching = call.Read(session => Bucket.Of(session, account))
            .Where(b => b.Name.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(b.Name, marker) > 0).ToArray();
        var page = matching.Take(most).ToArray();
        return Task.FromResult(OssReply.Xml(OssXml.Write("ListAllMyBucketsResult", xml =>
        {
            xml.Owner(account);
            xml.Element("Buckets", () =>
            {
                foreach (var bucket in page) xml.Element("Bucket", () => Describe(xml, bucket));
            });
            xml.WriteElementString("Prefix", prefix);
            xml.WriteElementString("Marker", marker);
            xml.WriteElementString("MaxKeys", XmlConvert.ToString(most));
            xml.WriteElementString("IsTruncated", XmlConvert.ToString(matching.Length > most));
            if (matching.Length > most) xml.WriteElementString("NextMarker", page[^1].Name);
        })));
    }

    /// <summary>What listings and GetBucketInfo say alike.</summary>
    public static void Describe(XmlWriter xml, Bucket bucket)
    {
        xml.WriteElementString("CreationDate", Times.Millisecond(bucket.CreatedAt));
        xml.WriteElementString("ExtranetEndpoint", bucket.Location + ".aliyuncs.com");
        xml.WriteElementString("IntranetEndpoint", bucket.Location + "-internal.aliyuncs.com");
        xml.WriteElementString("Location", bucket.Location);
        xml.WriteElementString("Name", bucket.Name);
        xml.WriteElementString("Region", bucket.Region);
        xml.WriteElementString("StorageClass", bucket.StorageClass);
    }
}
