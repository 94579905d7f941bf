namespace EcsImages.Core.Images;

/// <summary>Keeps the newest image of each region, or of each family of each region.</summary>
internal sealed class NewestImages(bool byFamily)
{
    private readonly Dictionary<(string Region, string? Family), EcsImage> _newest = [];
    private readonly List<(string, string?)> _order = [];

    /// <summary>The newest, in the order in which their regions and families first came.</summary>
    public IEnumerable<EcsImage> Images => _order.Select(key => _newest[key]);

    public void Add(EcsImage image)
    {
        var key = (image.RegionId, byFamily ? image.Family : null);
        if (!_newest.TryGetValue(key, out var known)) _order.Add(key);
        if (known is null || IsNewer(image, known)) _newest[key] = image;
    }

    // An image that is still being made, or that failed, is not the newest to use.
    private static bool IsNewer(EcsImage image, EcsImage known)
    {
        var usable = (image.Status == "Available").CompareTo(known.Status == "Available");
        return usable != 0 ? usable > 0 : Nullable.Compare(image.CreationTime, known.CreationTime) > 0;
    }
}
