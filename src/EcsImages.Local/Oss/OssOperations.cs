using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Oss.Uploads;

namespace EcsImages.Local.Oss;

/// <summary>Does one operation.</summary>
internal delegate Task<OssReply> OssOperation(OssCall call, CancellationToken stop);

/// <summary>Which operation a request asks for: by method, by what it addresses, and by the sub-resource that its query names.</summary>
internal static class OssOperations
{
    private const string Service = "Service", OfBucket = "Bucket", OfObject = "Object";

    private static readonly Dictionary<(string Level, string Method, string Sub), OssOperation> Table = new()
    {
        [(Service, "GET", "")] = ListBuckets.RunAsync,
        [(OfBucket, "GET", "")] = ListObjects.RunAsync,
        [(OfBucket, "PUT", "")] = PutBucket.RunAsync,
        [(OfBucket, "DELETE", "")] = DeleteBucket.RunAsync,
        [(OfBucket, "GET", "acl")] = BucketAcl.GetAsync,
        [(OfBucket, "PUT", "acl")] = BucketAcl.PutAsync,
        [(OfBucket, "GET", "bucketInfo")] = BucketInfo.InfoAsync,
        [(OfBucket, "GET", "location")] = BucketInfo.LocationAsync,
        [(OfBucket, "GET", "stat")] = BucketInfo.StatAsync,
        [(OfBucket, "GET", "versioning")] = BucketInfo.VersioningAsync,
        [(OfBucket, "GET", "uploads")] = ListMultipartUploads.RunAsync,
        [(OfBucket, "POST", "delete")] = DeleteMultipleObjects.RunAsync,
        [(OfObject, "GET", "")] = GetObject.GetAsync,
        [(OfObject, "HEAD", "")] = GetObject.HeadAsync,
        [(OfObject, "HEAD", "objectMeta")] = GetObject.MetaAsync,
        [(OfObject, "PUT", "")] = static (call, stop) => CopySource.IsIn(call.Request) ? CopyObject.RunAsync(call, stop) : PutObject.RunAsync(call, stop),
        [(OfObject, "DELETE", "")] = DeleteObject.RunAsync,
        [(OfObject, "POST", "append")] = AppendObject.RunAsync,
        [(OfObject, "GET", "acl")] = ObjectAcl.GetAsync,
        [(OfObject, "PUT", "acl")] = ObjectAcl.PutAsync,
        [(OfObject, "GET", "tagging")] = ObjectTagging.GetAsync,
        [(OfObject, "PUT", "tagging")] = ObjectTagging.PutAsync,
        [(OfObject, "DELETE", "tagging")] = ObjectTagging.DeleteAsync,
        [(OfObject, "POST", "restore")] = RestoreObject.RunAsync,
        [(OfObject, "POST", "uploads")] = InitiateMultipartUpload.RunAsync,
        [(OfObject, "PUT", "uploadId")] = static (call, stop) => CopySource.IsIn(call.Request) ? UploadPartCopy.RunAsync(call, stop) : UploadPart.RunAsync(call, stop),
        [(OfObject, "POST", "uploadId")] = CompleteMultipartUpload.RunAsync,
        [(OfObject, "DELETE", "uploadId")] = AbortMultipartUpload.RunAsync,
        [(OfObject, "GET", "uploadId")] = ListParts.RunAsync,
    };

    // Sub-resources that the service has: what is not in the table is refused, never taken for the resource itself.
    private static readonly HashSet<string> Known = new(Table.Keys.Select(static k => k.Sub), StringComparer.Ordinal)
    {
        "accessmonitor", "accessPoint", "accessPointPolicy", "archiveDirectRead", "asyncFetch", "callback", "cloudboxes", "cname", "comp", "cors",
        "dataPipeline", "encryption", "httpsConfig", "img", "inventory", "lifecycle", "live", "logging", "metaQuery", "overwriteConfig", "policy",
        "policyStatus", "publicAccessBlock", "qos", "qosInfo", "qosRequester", "referer", "regionList", "regions", "replication",
        "replicationLocation", "replicationProgress", "requestPayment", "requesterQosInfo", "resourceGroup", "resourcePool", "responseHeader",
        "rtc", "seal", "style", "styleName", "symlink", "transferAcceleration", "userDefinedLogFieldsConfig", "versions", "vod", "website",
        "worm", "wormExtend", "wormId", "x-oss-async-process", "x-oss-process",
    };

    // Headers that ask for more than storing bytes.
    private static readonly string[] RefusedHeaders =
    [
        "x-oss-callback", "x-oss-callback-var", "x-oss-server-side-encryption", "x-oss-server-side-encryption-key-id", "x-oss-server-side-data-encryption",
        "x-oss-traffic-limit", "x-oss-object-worm-mode", "x-oss-symlink-target",
    ];

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "HEAD", "PUT", "POST", "DELETE" };

    public static OssOperation Find(OssCall call)
    {
        if (RefusedHeaders.FirstOrDefault(h => call.Header(h) is not null) is { } header) throw OssError.Of("NotImplemented", ("Header", header));
        var named = call.Request.Parameters.Select(static p => p.Key).Where(static n => n.Length > 0 && Known.Contains(n)).Distinct().ToArray();
        if (named.Length > 1) throw OssError.Argument("ResourceType", string.Join(' ', named), "InvalidArgument.Conflict");
        var level = call.BucketName.Length == 0 ? Service : call.Address.Key.Length == 0 ? OfBucket : OfObject;
        var sub = named.Length == 0 ? "" : named[0];
        if (call.Parameter("versionId") is { Length: > 0 } and not "null") throw OssError.Of("NoSuchVersion", ("VersionId", call.Parameter("versionId")));
        if (Table.TryGetValue((level, call.Request.Method, sub), out var operation)) return operation;
        var isKnown = sub.Length > 0 && Methods.Contains(call.Request.Method) && !Table.Keys.Any(k => k.Level == level && k.Sub == sub);
        throw isKnown ? OssError.Of("NotImplemented", ("ResourceType", sub))
            : OssError.Of("MethodNotAllowed", ("Method", call.Request.Method), ("ResourceType", sub.Length > 0 ? sub : level));
    }
}
