using System.Globalization;

namespace EcsImages.Core.Images;

/// <summary>Who helps when an image breaks, by its kind, its origin and its operating system. Source: ECS "Image overview" (rules 1 to 6).</summary>
internal static class Supporters
{
    private const string Commercial = "commercial";
    private const string AlibabaCloud = "Alibaba Cloud";

    public static Supporter Of(EcsImage image, DateOnly today)
    {
        var row = Lifecycles.Of(image);
        if (row is not null && row.IsPastEnd(today)) return Ended(row, today);
        return image.ImageType switch
        {
            EcsImageType.Public => AsPublic(image, "A public image: "),
            EcsImageType.Custom => OfCustom(image),
            EcsImageType.Shared => OfSharer(image),
            EcsImageType.Marketplace => OfSupplier(image),
            EcsImageType.Community => new(SupporterKind.Nobody, "Nobody", "A community image: any account may have published it, and Alibaba Cloud does not support it."),
            _ => new(SupporterKind.Unknown, "Unknown", "The service calls it a kind of image that this version does not know."),
        };
    }

    private static Supporter Ended(EcsOSLifecycle row, DateOnly today)
    {
        var left = row.PhaseOn(today) is EcsOSPhase.ExtensionOnly
            ? string.Create(CultureInfo.InvariantCulture, $" {row.Extension}, lasts until {row.ExtendedEnd:yyyy-MM-dd}; Alibaba Cloud has no part in it.")
            : "";
        return new(SupporterKind.Nobody, "Nobody",
            string.Create(CultureInfo.InvariantCulture, $"{row.Name} reached its end of life on {row.EndOfLife:yyyy-MM-dd}, and all support of an image ends with that.{left}"));
    }

    private static Supporter AsPublic(EcsImage image, string kind)
    {
        if (Lifecycles.SystemOf(image) is not { } system)
            return image.OSType == "windows"
                ? Jointly("Microsoft", kind)
                : new(SupporterKind.Unknown, "Unknown", $"{kind}its operating system '{image.OSName ?? image.Platform}' is not one that this version knows.");
        if (system.Vendor == AlibabaCloud) return new(SupporterKind.AlibabaCloud, AlibabaCloud, $"{kind}{AlibabaCloud} makes {system.OS}, and supports it.");
        return system.Licensing == Commercial
            ? Jointly(system.Vendor!, kind)
            : new(SupporterKind.Community, $"{system.OS} community, Alibaba Cloud assisting", $"{kind}{system.OS} is open source, supported by its community; Alibaba Cloud helps to find what is wrong.");
    }

    private static Supporter Jointly(string vendor, string kind) =>
        new(SupporterKind.AlibabaCloudAndVendor, $"{AlibabaCloud} and {vendor}", $"{kind}a commercial system under a license of Alibaba Cloud, supported together with {vendor}.");

    private static Supporter OfCustom(EcsImage image)
    {
        if (image.ProductCode is not null) return OfSupplier(image);
        if (!IsImported(image))
            return AsPublic(image, "A custom image with no sign of an import, supported as the public image that it was made from (if that one was imported: as an imported image): ");
        var system = Lifecycles.SystemOf(image);
        if (system is null && image.OSType != "windows")
            return new(SupporterKind.Unknown, "Unknown", $"An imported image of '{image.OSName ?? image.Platform}', which this version does not know: open source systems are supported by nobody, commercial ones by whoever licenses them.");
        if (system is not null && system.Licensing != Commercial)
            return new(SupporterKind.Nobody, "Nobody", $"An imported open source system ({system.OS}): Alibaba Cloud supports only its own images of it.");
        var vendor = system?.Vendor ?? "Microsoft";
        return image.LicenseType switch
        {
            "Aliyun" => Jointly(vendor, "An imported image: "),
            "BYOL" => new(SupporterKind.Vendor, vendor, $"An imported commercial system under your own license: {vendor} supports it as your contract says, Alibaba Cloud does not."),
            _ => new(SupporterKind.Unknown, "Unknown", $"An imported commercial system, and the service does not say under whose license: with one of Alibaba Cloud both support it together, with your own {vendor} alone."),
        };
    }

    // DescribeImages gives the disks of an import the format and the bucket that they came from; a license is only named at an import.
    private static bool IsImported(EcsImage image) => image.LicenseType is not null || image.Disks.Any(static d => d.Format is not null || d.IsImported);

    private static Supporter OfSharer(EcsImage image) => image.OwnerAccountId is { } owner
        ? new(SupporterKind.Owner, $"Account {owner}", $"A shared image: account {owner}, which shares it, answers for it.")
        : new(SupporterKind.Owner, "The account that shares it", "A shared image: the account that shares it answers for it.");

    private static Supporter OfSupplier(EcsImage image)
    {
        if (image.SupplierName is { } name)
            return IsAlibabaCloud(name)
                ? AsPublic(image, "A Marketplace image of Alibaba Cloud, supported as a public one: ")
                : new(SupporterKind.Supplier, name, $"A Marketplace image: its vendor, {name}, supports it.");
        var page = image.ProductCode is { } product ? $"product {product}" : "the product";
        return new(SupporterKind.Supplier, "Its Marketplace vendor", $"A Marketplace image: the vendor that {page} names in the Marketplace supports it; if that is Alibaba Cloud, as a public image.");
    }

    private static bool IsAlibabaCloud(string supplier) =>
        supplier.Contains(AlibabaCloud, StringComparison.OrdinalIgnoreCase) || supplier.Contains("Aliyun", StringComparison.OrdinalIgnoreCase) || supplier.Contains("阿里云", StringComparison.Ordinal);
}
