using System.Xml.Linq;

namespace EcsImages.Core.Oss;

/// <summary>An object as a listing of its bucket has it.</summary>
/// <param name="Key">Its name.</param>
/// <param name="Size">In bytes.</param>
internal sealed record OssListed(string Key, long Size);

/// <summary>Lists what is in a bucket.</summary>
/// <remarks>Source: ListObjectsV2 (GetBucketV2).</remarks>
internal static class OssListing
{
    /// <summary>All objects whose names begin so, in the order of their names.</summary>
    public static async Task<IReadOnlyList<OssListed>> ListAsync(this OssClient oss, string regionId, string bucket, string prefix, CancellationToken stop)
    {
        var found = new List<OssListed>();
        for (string? token = null; ;)
        {
            List<KeyValuePair<string, string?>> query = [new("list-type", "2"), new("max-keys", "1000"), new("prefix", prefix), new("encoding-type", "url")];
            if (token is not null) query.Add(new("continuation-token", token));
            var reply = await oss.SendAsync(new OssRequest("ListObjects", HttpMethod.Get, regionId, bucket) { Query = query }, stop).ConfigureAwait(false);
            var root = OssXml.Read(reply.Body) ?? new XElement("ListBucketResult");
            found.AddRange(root.Elements().Where(static e => e.Name.LocalName == "Contents").Select(Read).OfType<OssListed>());
            var next = root.Text("NextContinuationToken");
            if (root.Text("IsTruncated") != "true" || string.IsNullOrEmpty(next) || next == token) return found;
            token = next;
        }
    }

    private static OssListed? Read(XElement element) =>
        element.Text("Key") is { } key && long.TryParse(element.Text("Size"), out var size) ? new OssListed(Uri.UnescapeDataString(key.Replace('+', ' ')), size) : null;
}
