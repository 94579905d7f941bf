namespace EcsImages.Local.Oss.Objects;

/// <summary>GetObjectACL and PutObjectACL.</summary>
internal static class ObjectAcl
{
    public static Task<OssReply> GetAsync(OssCall call, CancellationToken stop)
    {
        var (bucket, found) = call.Read(session => (call.NeedOwned(session), StoredObject.Need(session, call.BucketName, call.Key)));
        return Task.FromResult(OssReply.Xml(OssXml.Write("AccessControlPolicy", xml =>
        {
            xml.Owner(bucket.Account);
            xml.Element("AccessControlList", () => xml.WriteElementString("Grant", found.Traits.Acl));
        })));
    }

    public static Task<OssReply> PutAsync(OssCall call, CancellationToken stop)
    {
        var acl = ObjectTraits.AclOf(call.Request, "x-oss-object-acl") ?? throw OssError.Argument("x-oss-object-acl", "", "MissingArgument");
        call.Write(session =>
        {
            call.NeedOwned(session);
            var found = StoredObject.Need(session, call.BucketName, call.Key);
            (found with { Traits = found.Traits with { Acl = acl } }).Write(session);
            return (true, false);
        });
        return Task.FromResult(OssReply.Empty());
    }
}
