using System.Xml;

namespace EcsImages.Local.Oss.Buckets;

/// <summary>GetBucketInfo, GetBucketLocation, GetBucketStat, GetBucketVersioning.</summary>
internal static class BucketInfo
{
    public static Task<OssReply> InfoAsync(OssCall call, CancellationToken stop)
    {
        var bucket = call.Read(call.NeedOwned);
        return Reply("BucketInfo", xml => xml.Element("Bucket", () =>
        {
            ListBuckets.Describe(xml, bucket);
            xml.Owner(bucket.Account);
            xml.WriteElementString("DataRedundancyType", bucket.Redundancy);
            xml.Element("AccessControlList", () => xml.WriteElementString("Grant", bucket.Acl));
            xml.Element("ServerSideEncryptionRule", () => xml.WriteElementString("SSEAlgorithm", "None"));
            xml.WriteElementString("CrossRegionReplication", "Disabled");
            xml.WriteElementString("TransferAcceleration", "Disabled");
            xml.WriteElementString("AccessMonitor", "Disabled");
            xml.WriteElementString("BlockPublicAccess", "false");
        }));
    }

    public static Task<OssReply> LocationAsync(OssCall call, CancellationToken stop)
    {
        var bucket = call.Read(call.NeedOwned);
        return Reply("LocationConstraint", xml => xml.WriteString(bucket.Location));
    }

    public static Task<OssReply> StatAsync(OssCall call, CancellationToken stop)
    {
        var stat = call.Read(session =>
        {
            var name = call.NeedOwned(session).Name;
            return new Stat(
                session.List("SELECT storage_class, count(*), sum(size) FROM oss_object WHERE bucket = $name GROUP BY storage_class",
                    static r => new OfClass(r.GetString(0), r.GetInt64(1), r.GetInt64(2)), ("name", name)),
                session.Scalar<long>("SELECT count(*) FROM oss_upload WHERE bucket = $name", ("name", name)),
                session.Scalar<long>("SELECT coalesce(max(modified_at), 0) / 1000 FROM oss_object WHERE bucket = $name", ("name", name)));
        });
        return Reply("BucketStat", xml =>
        {
            Number("Storage", stat.Classes.Sum(static c => c.Bytes));
            Number("ObjectCount", stat.Classes.Sum(static c => c.Objects));
            Number("MultipartUploadCount", stat.Uploads);
            Number("LiveChannelCount", 0);
            Number("LastModifiedTime", stat.LastModified);
            foreach (var (element, name) in new[] { ("Standard", "Standard"), ("InfrequentAccess", "IA") })
            {
                var found = stat.Classes.FirstOrDefault(c => c.Name == name);
                Number(element + "Storage", found?.Bytes ?? 0);
                Number(element + "ObjectCount", found?.Objects ?? 0);
            }

            void Number(string name, long value) => xml.WriteElementString(name, XmlConvert.ToString(value));
        });
    }

    /// <summary>Never switched on here: nothing is said.</summary>
    public static Task<OssReply> VersioningAsync(OssCall call, CancellationToken stop)
    {
        call.Read(call.NeedOwned);
        return Reply("VersioningConfiguration", static _ => { });
    }

    private static Task<OssReply> Reply(string root, Action<XmlWriter> content) => Task.FromResult(OssReply.Xml(OssXml.Write(root, content)));

    private sealed record Stat(IReadOnlyList<OfClass> Classes, long Uploads, long LastModified);

    private sealed record OfClass(string Name, long Objects, long Bytes);
}
