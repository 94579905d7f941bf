namespace EcsImages.Core.Images;

/// <summary>What images cost. Source: ECS "Image overview", public image overview, share an image (rule 101).</summary>
internal static class Fees
{
    private const string Windows = "Windows Server";
    private const string HongKong = "cn-hongkong";

    // What the public image overview names as paid; a commercial system that it does not name comes with a license of its own.
    private static readonly string[] Licensed = [Windows, "Red Hat Enterprise Linux", "SUSE Linux Enterprise Server"];
    private const string LicensedEdition = "Alibaba Cloud Linux 3 Pro";

    public static ImageFee Of(EcsImage image)
    {
        var parts = new List<string>();
        var why = new List<string>();
        var kinds = FeeKinds.None;
        if (image.ImageType is EcsImageType.Custom)
        {
            kinds |= FeeKinds.SnapshotStorage;
            parts.Add("snapshot storage");
            why.Add("A custom image is kept in snapshots, whose storage is billed.");
        }
        if (image.ImageType is EcsImageType.Marketplace || image.ProductCode is not null)
        {
            kinds |= FeeKinds.MarketplaceProduct;
            parts.Add(image.ProductCode is { } product ? $"Marketplace product ({product})" : "Marketplace product");
            why.Add("The Marketplace shows the product's price; some are free. An image made of it costs the same.");
        }
        else if (LicenseOf(image) is { } license)
        {
            kinds |= FeeKinds.OSLicense;
            parts.Add($"OS license ({license})");
            why.Add(WhyLicense(image, license));
        }
        if (parts.Count == 0) parts.Add("free");
        if (why.Count == 0) why.Add(image.ImageType is EcsImageType.Shared ? "Whoever uses a shared image pays the fees of its operating system, and this one has none." : "The operating system has no license fee.");
        var text = string.Join(" + ", parts);
        return new ImageFee(kinds, char.ToUpperInvariant(text[0]) + text[1..], string.Join(' ', why));
    }

    // What is known of the system alone decides; a license of one's own is not billed.
    private static string? LicenseOf(EcsImage image)
    {
        if (image.LicenseType == "BYOL") return null;
        if (Lifecycles.Of(image)?.Name == LicensedEdition) return LicensedEdition;
        if (Lifecycles.SystemOf(image)?.OS is { } os) return Licensed.Contains(os) ? os : null;
        return image.OSType == "windows" ? Windows : null;
    }

    // Two pages disagree on Windows in mainland China (conflict 25).
    private static string WhyLicense(EcsImage image, string license) =>
        license == Windows && image.RegionId.StartsWith("cn-", StringComparison.Ordinal) && image.RegionId != HongKong
            ? "Commercial systems carry a license fee with each instance; for Windows Server in mainland China the public image overview says that there is none. The price of the instance decides."
            : "Commercial systems carry a license fee with each instance, whoever made the image.";
}
