namespace EcsImages.Local.Oss;

/// <summary>What a request addresses: the service, a bucket or an object.</summary>
/// <param name="Region">Where the host names one.</param>
/// <param name="Bucket">Empty for the service.</param>
/// <param name="Key">Empty for the bucket.</param>
internal sealed record OssAddress(string? Region, string Bucket, string Key)
{
    /// <summary>Reads a path whose first part is the bucket.</summary>
    public static OssAddress OfPath(string? region, string path)
    {
        var rest = path.TrimStart('/');
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        return slash < 0
            ? new(region, PercentText.DecodePath(rest), "")
            : new(region, PercentText.DecodePath(rest[..slash]), PercentText.DecodePath(rest[(slash + 1)..]));
    }

    /// <summary>Reads a path that is the key.</summary>
    public static OssAddress OfHost(string? region, string bucket, string path) => new(region, bucket, PercentText.DecodePath(path[1..]));
}
