namespace EcsImages.Core.Oss;

/// <summary>The RAM action that allows an operation of OSS: several operations share one, and some have one of another name.</summary>
/// <remarks>Source: OSS, "RAM policies" (actions and resources).</remarks>
internal static class OssActions
{
    private const string Product = "oss:", Get = "GetObject", Put = "PutObject";

    private static readonly Dictionary<string, string> Other = new(StringComparer.Ordinal)
    {
        ["HeadObject"] = Get,
        ["GetObjectMeta"] = Get,
        ["AppendObject"] = Put,
        ["CopyObject"] = Put,
        ["InitiateMultipartUpload"] = Put,
        ["UploadPart"] = Put,
        ["UploadPartCopy"] = Put,
        ["CompleteMultipartUpload"] = Put,
        ["GetBucketTags"] = "GetBucketTagging",
        ["PutBucketTags"] = "PutBucketTagging",
        ["DeleteBucketTags"] = "DeleteBucketTagging",
    };

    /// <summary>Such as oss:PutObject for UploadPart.</summary>
    public static string Of(string operation) => Product + Other.GetValueOrDefault(operation, operation);

    /// <summary>The action that allows what a cmdlet says it calls: of oss:UploadPart oss:PutObject, of any other product the same.</summary>
    public static string Allowing(string call) => IsOne(call) ? Of(call[Product.Length..]) : call;

    /// <summary>Whether it is an action of OSS.</summary>
    public static bool IsOne(string action) => action.StartsWith(Product, StringComparison.Ordinal);
}
