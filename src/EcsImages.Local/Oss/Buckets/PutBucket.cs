using EcsImages.Local.Catalog;

namespace EcsImages.Local.Oss.Buckets;

/// <summary>PutBucket: a name is one over all accounts; who has it already may say so again.</summary>
internal static class PutBucket
{
    private const string UsualRegion = "cn-hangzhou";

    public static async Task<OssReply> RunAsync(OssCall call, CancellationToken stop)
    {
        var account = call.Caller?.Account.AccountId ?? throw OssError.Of("AccessDenied.Anonymous");
        OssNames.CheckBucket(call.BucketName);
        var body = await call.ReadSmallBodyAsync(stop).ConfigureAwait(false);
        var configuration = body.Length == 0 ? null : OssXml.Read(body, "CreateBucketConfiguration");
        var acl = BucketAcl.Asked(call);
        var region = call.Address.Region ?? configuration?.Text("LocationConstraint")?.Replace("oss-", "", StringComparison.Ordinal) ?? UsualRegion;
        if (!Regions.IsOpen(region)) throw OssError.Argument("LocationConstraint", region);
        var bucket = call.Write(session =>
        {
            if (Bucket.Find(session, call.BucketName) is { } known)
            {
                if (known.Account != account || known.Region != region) throw OssError.Of("BucketAlreadyExists", ("BucketName", call.BucketName));
                if (acl is not null) BucketAcl.Set(session, known.Name, acl);
                return (known, false);
            }
            var made = new Bucket(call.BucketName, account, region, acl ?? "private", Class(configuration?.Text("StorageClass")),
                Redundancy(configuration?.Text("DataRedundancyType")), session.Now);
            made.Insert(session);
            return (made, false);
        });
        return OssReply.Empty().With("Location", "/" + bucket.Name);
    }

    private static string Class(string? text) => text?.Trim() switch
    {
        null or "" => "Standard",
        "Standard" or "IA" => text.Trim(),
        "Archive" or "ColdArchive" or "DeepColdArchive" => throw OssError.Of("NotImplemented", ("Element", "StorageClass")),
        var other => throw OssError.Argument("StorageClass", other),
    };

    private static string Redundancy(string? text) => text?.Trim() switch
    {
        null or "" => "LRS",
        "LRS" or "ZRS" => text.Trim(),
        var other => throw OssError.Argument("DataRedundancyType", other),
    };
}
