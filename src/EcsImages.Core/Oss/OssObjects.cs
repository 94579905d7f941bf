using System.Xml.Linq;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>A part that the service holds of an upload that is not complete.</summary>
internal sealed record OssPart(int Number, long Size, string ETag, ulong? Crc64);

/// <summary>The operations on buckets and objects that images need.</summary>
/// <remarks>Source: the API reference of OSS, a page for each operation.</remarks>
internal static class OssObjects
{
    /// <summary>The region that a bucket lies in; null where there is no such bucket of this account.</summary>
    public static async Task<string?> FindBucketRegionAsync(this OssClient oss, string regionId, string bucket, CancellationToken stop)
    {
        try
        {
            var reply = await oss.SendAsync(new OssRequest("GetBucketLocation", HttpMethod.Get, regionId, bucket) { Query = [new("location", null)] }, stop).ConfigureAwait(false);
            var location = OssXml.Read(reply.Body)?.Value ?? "";
            return location.StartsWith("oss-", StringComparison.Ordinal) ? location[4..] : location;
        }
        catch (AcsException e) when (e.Code is "NoSuchBucket")
        {
            return null;
        }
        // A bucket of another region answers nothing there, but for where it is: oss-cn-beijing.aliyuncs.com, or oss-cn-beijing-internal.
        catch (AcsException e) when (e.RightHost is { } host && host.StartsWith("oss-", StringComparison.Ordinal))
        {
            return host.Split('.')[0][4..].Replace("-internal", "", StringComparison.Ordinal);
        }
    }

    /// <summary>Makes a private bucket in a region.</summary>
    /// <remarks>The host names the region; where one address serves all, the body does.</remarks>
    public static Task PutBucketAsync(this OssClient oss, string regionId, string bucket, CancellationToken stop)
    {
        var body = OssXml.Write(new XElement("CreateBucketConfiguration", new XElement("LocationConstraint", $"oss-{regionId}")));
        return oss.SendAsync(new OssRequest("PutBucket", HttpMethod.Put, regionId, bucket)
        {
            Headers = [new("x-oss-acl", "private")],
            Body = watch => OssBody.Of(body, watch, "application/xml"),
        }, stop);
    }

    /// <summary>What is known of an object; null where there is none.</summary>
    /// <exception cref="AcsException">OSS refused, or its answer does not tell the length: what changes answers on their way is no ground to build on.</exception>
    public static async Task<OssReply?> FindObjectAsync(this OssClient oss, string regionId, string bucket, string key, CancellationToken stop)
    {
        try
        {
            var request = new OssRequest("HeadObject", HttpMethod.Head, regionId, bucket, key);
            var reply = await oss.SendAsync(request, stop).ConfigureAwait(false);
            return reply.Length >= 0 ? reply : throw OssClient.Error(request, AcsErrorCodes.ReplyUnreadable, "The answer does not tell how long the object is; perhaps a proxy changed it.");
        }
        catch (AcsException e) when (e.Code is "NoSuchKey")
        {
            return null;
        }
    }

    /// <summary>Puts a small object; its MD5 is checked on arrival.</summary>
    public static Task<OssReply> PutObjectAsync(this OssClient oss, string regionId, string bucket, string key, byte[] body, CancellationToken stop) =>
        oss.SendAsync(new OssRequest("PutObject", HttpMethod.Put, regionId, bucket, key) { Body = watch => OssBody.Of(body, watch) }, stop);

    /// <summary>Deletes an object; that it is not there is no error.</summary>
    public static Task DeleteObjectAsync(this OssClient oss, string regionId, string bucket, string key, CancellationToken stop) =>
        oss.SendAsync(new OssRequest("DeleteObject", HttpMethod.Delete, regionId, bucket, key), stop);

    /// <summary>Begins an upload in parts, and gives its id.</summary>
    public static async Task<string> InitiateUploadAsync(this OssClient oss, string regionId, string bucket, string key, CancellationToken stop)
    {
        var request = new OssRequest("InitiateMultipartUpload", HttpMethod.Post, regionId, bucket, key)
        {
            Query = [new("uploads", null)],
            Body = static watch => OssBody.Of([], watch),
        };
        var reply = await oss.SendAsync(request, stop).ConfigureAwait(false);
        return OssXml.Read(reply.Body)?.Text("UploadId") ?? throw OssClient.Error(request, AcsErrorCodes.ReplyUnreadable, "The answer names no upload.");
    }

    /// <summary>The parts that the service holds, in order; null where there is no such upload.</summary>
    public static async Task<IReadOnlyList<OssPart>?> FindPartsAsync(this OssClient oss, string regionId, string bucket, string key, string uploadId, CancellationToken stop)
    {
        var parts = new List<OssPart>();
        try
        {
            for (var marker = "0"; ;)
            {
                var reply = await oss.SendAsync(new OssRequest("ListParts", HttpMethod.Get, regionId, bucket, key)
                {
                    Query = [new("uploadId", uploadId), new("max-parts", "1000"), new("part-number-marker", marker)],
                }, stop).ConfigureAwait(false);
                var root = OssXml.Read(reply.Body) ?? new XElement("ListPartsResult");
                parts.AddRange(root.Elements().Where(static e => e.Name.LocalName == "Part").Select(Part).OfType<OssPart>());
                var next = root.Text("NextPartNumberMarker");
                if (root.Text("IsTruncated") != "true" || next is null || next == marker) return parts;
                marker = next;
            }
        }
        catch (AcsException e) when (e.Code is "NoSuchUpload" or "NoSuchBucket")
        {
            return null;
        }
    }

    /// <summary>Makes one object of the parts.</summary>
    public static Task<OssReply> CompleteUploadAsync(
        this OssClient oss, string regionId, string bucket, string key, string uploadId, IEnumerable<OssPart> parts, CancellationToken stop)
    {
        var body = OssXml.Write(new XElement("CompleteMultipartUpload", parts.OrderBy(static p => p.Number)
            .Select(static p => new XElement("Part", new XElement("PartNumber", p.Number), new XElement("ETag", $"\"{p.ETag}\"")))));
        return oss.SendAsync(new OssRequest("CompleteMultipartUpload", HttpMethod.Post, regionId, bucket, key)
        {
            Query = [new("uploadId", uploadId)],
            Body = watch => OssBody.Of(body, watch, "application/xml"),
        }, stop);
    }

    /// <summary>Gives an upload up, with all its parts; that it is not there is no error.</summary>
    public static async Task AbortUploadAsync(this OssClient oss, string regionId, string bucket, string key, string uploadId, CancellationToken stop)
    {
        try
        {
            await oss.SendAsync(new OssRequest("AbortMultipartUpload", HttpMethod.Delete, regionId, bucket, key) { Query = [new("uploadId", uploadId)] }, stop).ConfigureAwait(false);
        }
        catch (AcsException e) when (e.Code is "NoSuchUpload")
        {
            // It was complete, or given up, before.
        }
    }

    private static OssPart? Part(XElement element) =>
        int.TryParse(element.Text("PartNumber"), out var number) && long.TryParse(element.Text("Size"), out var size) && element.Text("ETag") is { } tag
            ? new OssPart(number, size, tag.Trim('"'), ulong.TryParse(element.Text("HashCrc64ecma"), out var crc) ? crc : null) : null;
}
