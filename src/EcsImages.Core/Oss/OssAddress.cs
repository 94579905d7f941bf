using EcsImages.Core.Acs;

namespace EcsImages.Core.Oss;

/// <summary>Where a request goes.</summary>
internal static class OssAddress
{
    /// <summary>A bucket becomes part of a host name; at an address of the caller's own it stands in the path.</summary>
    /// <exception cref="AcsException">The bucket or the region cannot be one.</exception>
    public static Uri Of(OssRequest request, AcsEndpoints endpoints)
    {
        if (!IsBucketName(request.Bucket))
            throw OssClient.Error(request, "InvalidBucketName", $"'{request.Bucket}' is no name of a bucket: it has 3 to 63 lower-case letters, digits or '-', and no '-' at its ends.");
        if (!AcsEndpoints.IsRegionId(request.RegionId))
            throw OssClient.Error(request, "InvalidRegionId.NotFound", $"'{request.RegionId}' is not a region id; they look like cn-hangzhou.");
        var path = Oss4Signature.Path(request.Key ?? "");
        var address = endpoints.Fixed is { } own
            ? $"{own.GetLeftPart(UriPartial.Authority)}/{request.Bucket}/{path}"
            : $"https://{request.Bucket}.{endpoints.ObjectsIn(request.RegionId)}/{path}";
        var query = Oss4Signature.Query(request);
        // What is signed is what travels: dots in a key are no steps of a path.
        return new Uri(query.Length == 0 ? address : $"{address}?{query}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
    }

    /// <summary>Whether a bucket may be called so.</summary>
    public static bool IsBucketName(string name) => name.Length is >= 3 and <= 63 && name[0] != '-' && name[^1] != '-'
        && name.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');
}
