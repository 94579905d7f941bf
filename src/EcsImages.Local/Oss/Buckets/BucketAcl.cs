using EcsImages.Local.Store;

namespace EcsImages.Local.Oss.Buckets;

/// <summary>GetBucketAcl and PutBucketAcl.</summary>
internal static class BucketAcl
{
    private const string Header = "x-oss-acl";

    public static Task<OssReply> GetAsync(OssCall call, CancellationToken stop)
    {
        var bucket = call.Read(call.NeedOwned);
        return Task.FromResult(OssReply.Xml(OssXml.Write("AccessControlPolicy", xml =>
        {
            xml.Owner(bucket.Account);
            xml.Element("AccessControlList", () => xml.WriteElementString("Grant", bucket.Acl));
        })));
    }

    public static Task<OssReply> PutAsync(OssCall call, CancellationToken stop)
    {
        var acl = Asked(call) ?? throw OssError.Argument(Header, "", "MissingArgument");
        call.Write(session =>
        {
            Set(session, call.NeedOwned(session).Name, acl);
            return (true, false);
        });
        return Task.FromResult(OssReply.Empty());
    }

    public static string? Asked(OssCall call) => call.Header(Header) switch
    {
        null or "" => null,
        "private" or "public-read" or "public-read-write" => call.Header(Header),
        var other => throw OssError.Argument(Header, other),
    };

    public static void Set(Session session, string bucket, string acl) =>
        session.Execute("UPDATE oss_bucket SET acl = $acl WHERE name = $name", ("acl", acl), ("name", bucket));
}
