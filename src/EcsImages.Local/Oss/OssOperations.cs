using EcsImages.Local.Oss.Buckets;
using EcsImages.Local.Oss.Objects;
using EcsImages.Local.Oss.Uploads;

namespace EcsImages.Local.Oss;

/// <summary>An operation of OSS.</summary>
/// <param name="Name">As the documentation calls it.</param>
/// <param name="RunAsync">Does it.</param>
internal sealed record OssOperation(string Name, Func<OssCall, CancellationToken, Task<OssReply>> RunAsync)
{
    /// <summary>The operation that the same request asks for with x-oss-copy-source.</summary>
    public OssOperation? Copying { get; init; }

    /// <summary>The code that every call of it ends with, since there is nothing here that it could find or change; null for one that can succeed.</summary>
    public string? OnlyCode { get; init; }
}

/// <summary>Which operation a request asks for: by method, by what it addresses, and by the sub-resource that its query names.</summary>
internal static class OssOperations
{
    private const string Service = "Service", OfBucket = "Bucket", OfObject = "Object";

    // Some clients ask by GET and some by HEAD.
    private static readonly OssOperation ObjectMeta = new("GetObjectMeta", GetObject.MetaAsync);

    private static readonly Dictionary<(string Level, string Method, string Sub), OssOperation> Table = new()
    {
        [(Service, "GET", "")] = new("ListBuckets", ListBuckets.RunAsync),
        [(OfBucket, "GET", "")] = new("ListObjects", ListObjects.RunAsync),
        [(OfBucket, "PUT", "")] = new("PutBucket", PutBucket.RunAsync),
        [(OfBucket, "DELETE", "")] = new("DeleteBucket", DeleteBucket.RunAsync),
        [(OfBucket, "GET", "acl")] = new("GetBucketAcl", BucketAcl.GetAsync),
        [(OfBucket, "PUT", "acl")] = new("PutBucketAcl", BucketAcl.PutAsync),
        [(OfBucket, "GET", "bucketInfo")] = new("GetBucketInfo", BucketInfo.InfoAsync),
        [(OfBucket, "GET", "location")] = new("GetBucketLocation", BucketInfo.LocationAsync),
        [(OfBucket, "GET", "stat")] = new("GetBucketStat", BucketInfo.StatAsync),
        [(OfBucket, "GET", "versioning")] = new("GetBucketVersioning", BucketInfo.VersioningAsync),
        [(OfBucket, "GET", "cors")] = UnsetSettings.Missing("GetBucketCors", "NoSuchCORSConfiguration"),
        [(OfBucket, "GET", "encryption")] = UnsetSettings.Missing("GetBucketEncryption", "NoSuchServerSideEncryptionRule"),
        [(OfBucket, "GET", "lifecycle")] = UnsetSettings.Missing("GetBucketLifecycle", "NoSuchLifecycle"),
        [(OfBucket, "GET", "logging")] = new("GetBucketLogging", UnsetSettings.LoggingAsync),
        [(OfBucket, "GET", "policy")] = UnsetSettings.Missing("GetBucketPolicy", "NoSuchBucketPolicy"),
        [(OfBucket, "GET", "referer")] = new("GetBucketReferer", UnsetSettings.RefererAsync),
        [(OfBucket, "GET", "transferAcceleration")] = UnsetSettings.Missing("GetBucketTransferAcceleration", "NoSuchTransferAccelerationConfiguration"),
        [(OfBucket, "GET", "website")] = UnsetSettings.Missing("GetBucketWebsite", "NoSuchWebsiteConfiguration"),
        [(OfBucket, "GET", "tagging")] = new("GetBucketTags", BucketTags.GetAsync),
        [(OfBucket, "PUT", "tagging")] = new("PutBucketTags", BucketTags.PutAsync),
        [(OfBucket, "DELETE", "tagging")] = new("DeleteBucketTags", BucketTags.DeleteAsync),
        [(OfBucket, "GET", "uploads")] = new("ListMultipartUploads", ListMultipartUploads.RunAsync),
        [(OfBucket, "POST", "delete")] = new("DeleteMultipleObjects", DeleteMultipleObjects.RunAsync),
        [(OfObject, "GET", "")] = new("GetObject", GetObject.GetAsync),
        [(OfObject, "HEAD", "")] = new("HeadObject", GetObject.HeadAsync),
        [(OfObject, "GET", "objectMeta")] = ObjectMeta,
        [(OfObject, "HEAD", "objectMeta")] = ObjectMeta,
        [(OfObject, "PUT", "")] = new("PutObject", PutObject.RunAsync) { Copying = new("CopyObject", CopyObject.RunAsync) },
        [(OfObject, "DELETE", "")] = new("DeleteObject", DeleteObject.RunAsync),
        [(OfObject, "POST", "append")] = new("AppendObject", AppendObject.RunAsync),
        [(OfObject, "GET", "acl")] = new("GetObjectAcl", ObjectAcl.GetAsync),
        [(OfObject, "PUT", "acl")] = new("PutObjectAcl", ObjectAcl.PutAsync),
        [(OfObject, "GET", "tagging")] = new("GetObjectTagging", ObjectTagging.GetAsync),
        [(OfObject, "PUT", "tagging")] = new("PutObjectTagging", ObjectTagging.PutAsync),
        [(OfObject, "DELETE", "tagging")] = new("DeleteObjectTagging", ObjectTagging.DeleteAsync),
        [(OfObject, "POST", "restore")] = new("RestoreObject", RestoreObject.RunAsync) { OnlyCode = RestoreObject.Code },
        [(OfObject, "POST", "uploads")] = new("InitiateMultipartUpload", InitiateMultipartUpload.RunAsync),
        [(OfObject, "PUT", "uploadId")] = new("UploadPart", UploadPart.RunAsync) { Copying = new("UploadPartCopy", UploadPartCopy.RunAsync) },
        [(OfObject, "POST", "uploadId")] = new("CompleteMultipartUpload", CompleteMultipartUpload.RunAsync),
        [(OfObject, "DELETE", "uploadId")] = new("AbortMultipartUpload", AbortMultipartUpload.RunAsync),
        [(OfObject, "GET", "uploadId")] = new("ListParts", ListParts.RunAsync),
    };

    // What the service does to settings of buckets, while here they can only be read.
    private static readonly HashSet<(string Method, string Sub)> Fixed =
    [
        ("PUT", "cors"), ("DELETE", "cors"), ("PUT", "encryption"), ("DELETE", "encryption"), ("PUT", "lifecycle"), ("DELETE", "lifecycle"),
        ("PUT", "logging"), ("DELETE", "logging"), ("PUT", "policy"), ("DELETE", "policy"), ("PUT", "referer"), ("PUT", "transferAcceleration"),
        ("PUT", "versioning"), ("PUT", "website"), ("DELETE", "website"),
    ];

    // Sub-resources that the service has: what is not in the table is refused, never taken for the resource itself.
    private static readonly HashSet<string> Known = new(Table.Keys.Select(static k => k.Sub), StringComparer.Ordinal)
    {
        "accessmonitor", "accessPoint", "accessPointPolicy", "archiveDirectRead", "asyncFetch", "callback", "cloudboxes", "cname", "comp",
        "dataPipeline", "httpsConfig", "img", "inventory", "live", "metaQuery", "overwriteConfig", "policyStatus", "publicAccessBlock", "qos",
        "qosInfo", "qosRequester", "regionList", "regions", "replication", "replicationLocation", "replicationProgress", "requestPayment",
        "requesterQosInfo", "resourceGroup", "resourcePool", "responseHeader", "rtc", "seal", "style", "styleName", "symlink",
        "userDefinedLogFieldsConfig", "versions", "vod", "worm", "wormExtend", "wormId", "x-oss-async-process", "x-oss-process",
    };

    // Headers that ask for more than storing bytes.
    private static readonly string[] RefusedHeaders =
    [
        "x-oss-callback", "x-oss-callback-var", "x-oss-server-side-encryption", "x-oss-server-side-encryption-key-id", "x-oss-server-side-data-encryption",
        "x-oss-traffic-limit", "x-oss-object-worm-mode", "x-oss-symlink-target",
    ];

    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal) { "GET", "HEAD", "PUT", "POST", "DELETE" };

    /// <summary>All of them, each with its method, what it addresses, and its sub-resource.</summary>
    public static IEnumerable<(OssOperation Operation, string Method, string Level, string Sub)> All => Table.SelectMany(static t =>
        new[] { t.Value, t.Value.Copying }.OfType<OssOperation>().Select(o => (o, t.Key.Method, t.Key.Level, t.Key.Sub)));

    /// <summary>Sub-resources of the service that are refused.</summary>
    public static IEnumerable<string> RefusedSubresources => Known.Except(Table.Keys.Select(static k => k.Sub));

    /// <summary>Changes of settings that are refused, as PUT cors.</summary>
    public static IEnumerable<string> RefusedChanges => Fixed.Select(static f => $"{f.Method} {f.Sub}");

    /// <summary>Headers that are refused.</summary>
    public static IReadOnlyList<string> Refused => RefusedHeaders;

    public static OssOperation Find(OssCall call)
    {
        if (RefusedHeaders.FirstOrDefault(h => call.Header(h) is not null) is { } header) throw OssError.Of("NotImplemented", ("Header", header));
        var named = call.Request.Parameters.Select(static p => p.Key).Where(static n => n.Length > 0 && Known.Contains(n)).Distinct().ToArray();
        if (named.Length > 1) throw OssError.Argument("ResourceType", string.Join(' ', named), "InvalidArgument.Conflict");
        var level = call.BucketName.Length == 0 ? Service : call.Address.Key.Length == 0 ? OfBucket : OfObject;
        var sub = named.Length == 0 ? "" : named[0];
        if (call.Parameter("versionId") is { Length: > 0 } and not "null") throw OssError.Of("NoSuchVersion", ("VersionId", call.Parameter("versionId")));
        if (Table.TryGetValue((level, call.Request.Method, sub), out var operation)) return operation.Copying is { } copying && CopySource.IsIn(call.Request) ? copying : operation;
        var isLacking = sub.Length > 0 && Methods.Contains(call.Request.Method) && !Table.Keys.Any(k => k.Level == level && k.Sub == sub);
        throw isLacking || (level == OfBucket && Fixed.Contains((call.Request.Method, sub))) ? OssError.Of("NotImplemented", ("ResourceType", sub))
            : OssError.Of("MethodNotAllowed", ("Method", call.Request.Method), ("ResourceType", sub.Length > 0 ? sub : level));
    }
}
