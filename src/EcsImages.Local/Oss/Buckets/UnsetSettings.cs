namespace EcsImages.Local.Oss.Buckets;

/// <summary>Settings of buckets that cannot be set here: each reads as that of a bucket on which nobody ever set it.</summary>
internal static class UnsetSettings
{
    /// <summary>A setting of which the service says by a code that there is none.</summary>
    public static OssOperation Missing(string operation, string code) => new(operation, (call, _) =>
    {
        var bucket = call.Read(call.NeedOwned);
        throw OssError.Of(code, ("BucketName", bucket.Name));
    })
    {
        OnlyCode = code,
    };

    /// <summary>GetBucketLogging: without rules the element is empty.</summary>
    public static Task<OssReply> LoggingAsync(OssCall call, CancellationToken stop)
    {
        call.Read(call.NeedOwned);
        return Task.FromResult(OssReply.Xml(OssXml.Write("BucketLoggingStatus", static _ => { })));
    }

    /// <summary>GetBucketReferer: by default whoever names no page is let in, and nobody is listed.</summary>
    public static Task<OssReply> RefererAsync(OssCall call, CancellationToken stop)
    {
        call.Read(call.NeedOwned);
        return Task.FromResult(OssReply.Xml(OssXml.Write("RefererConfiguration", static xml =>
        {
            xml.WriteElementString("AllowEmptyReferer", "true");
            xml.Element("RefererList", static () => { });
        })));
    }
}
