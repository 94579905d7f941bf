using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class SupportTests
{
    private static readonly Dictionary<string, EcsImage> Images = new(StringComparer.Ordinal)
    {
        ["custom of Ubuntu"] = Some.Image(EcsImageType.Custom),
        ["custom of Windows"] = Some.Image(EcsImageType.Custom, "Windows Server 2022 Datacenter Edition 64 bit"),
        ["custom of a product"] = Some.Image(EcsImageType.Custom) with { ProductCode = "cmjj000001" },
        ["imported Debian"] = Some.Imported("Debian 13 64 bit"),
        ["imported Windows, license of Alibaba Cloud"] = Some.Imported("Windows Server 2019 Datacenter Edition 64 bit", "Aliyun"),
        ["imported Windows, own license"] = Some.Imported("Windows Server 2019 Datacenter Edition 64 bit", "BYOL"),
        ["imported Windows, license not said"] = Some.Imported("Windows Server 2019 Datacenter Edition 64 bit"),
        ["imported Windows of an unknown version"] = Some.Imported("Windows Server 2030", "Aliyun"),
        ["imported RHEL, own license"] = Some.Imported("Red Hat Enterprise Linux 9.4 64 bit", "BYOL"),
        ["imported unknown"] = Some.Imported("Others Linux 64 bit"),
        ["copy with a license"] = Some.Image(EcsImageType.Custom, "Windows Server 2022 64 bit") with { LicenseType = "BYOL", IsCopied = true },
        ["shared"] = Some.Image(EcsImageType.Shared) with { OwnerAccountId = "1234567890123456" },
        ["of a vendor"] = Some.Image(EcsImageType.Marketplace) with { ProductCode = "cmjj000001", SupplierName = "Contoso Software" },
        ["of Alibaba Cloud in the Marketplace"] = Some.Image(EcsImageType.Marketplace, "Alibaba Cloud Linux 3.2104 LTS 64 bit") with { SupplierName = "Alibaba Cloud" },
        ["of an unnamed vendor"] = Some.Image(EcsImageType.Marketplace) with { ProductCode = "cmjj000001" },
        ["community"] = Some.Image(EcsImageType.Community),
        ["of an unknown kind"] = Some.Image(null),
        ["shared CentOS 7"] = Some.Image(EcsImageType.Shared, "CentOS 7.9 64 bit") with { OwnerAccountId = "1234567890123456" },
        ["vendor's CentOS 7"] = Some.Image(EcsImageType.Marketplace, "CentOS 7.9 64 bit") with { SupplierName = "Contoso Software" },
    };

    [Theory]
    [InlineData("Alibaba Cloud Linux 3.2104 LTS 64 bit", SupporterKind.AlibabaCloud, "Alibaba Cloud")]
    [InlineData("Alibaba Cloud Linux 3 Pro 64 bit", SupporterKind.AlibabaCloud, "Alibaba Cloud")]
    [InlineData("LifseaOS 3 64 bit", SupporterKind.AlibabaCloud, "Alibaba Cloud")]
    [InlineData("Ubuntu 24.04 64 bit", SupporterKind.Community, "Ubuntu community, Alibaba Cloud assisting")]
    [InlineData("Ubuntu 24.10 64 bit", SupporterKind.Community, "Ubuntu community, Alibaba Cloud assisting")]
    [InlineData("Anolis OS 8.10 ANCK 64 bit", SupporterKind.Community, "Anolis OS community, Alibaba Cloud assisting")]
    [InlineData("Rocky Linux 9.4 64 bit", SupporterKind.Community, "Rocky Linux community, Alibaba Cloud assisting")]
    [InlineData("Windows Server 2022 Datacenter Edition 64 bit", SupporterKind.AlibabaCloudAndVendor, "Alibaba Cloud and Microsoft")]
    [InlineData("Windows Server 2030", SupporterKind.AlibabaCloudAndVendor, "Alibaba Cloud and Microsoft")]
    [InlineData("Red Hat Enterprise Linux 9.4 64 bit", SupporterKind.AlibabaCloudAndVendor, "Alibaba Cloud and Red Hat")]
    [InlineData("SUSE Linux Enterprise Server 15 SP7 64 bit", SupporterKind.AlibabaCloudAndVendor, "Alibaba Cloud and SUSE")]
    [InlineData("Others Linux 64 bit", SupporterKind.Unknown, "Unknown")]
    [InlineData("Ubuntu 18.04 64 bit", SupporterKind.Nobody, "Nobody")]
    internal void Rules_1_and_6_public_images_are_supported_by_their_system(string os, SupporterKind kind, string name)
    {
        var supporter = Supporters.Of(Some.Image(EcsImageType.Public, os), Some.Today);
        Assert.Equal((kind, name), (supporter.Kind, supporter.Name));
        Assert.EndsWith(".", supporter.Why, StringComparison.Ordinal);
        Assert.Equal(name, Some.Image(EcsImageType.Public, os).SupportedBy);
    }

    [Theory]
    // Rule 2: a custom image by what it derives from.
    [InlineData("custom of Ubuntu", SupporterKind.Community, "made from")]
    [InlineData("custom of Windows", SupporterKind.AlibabaCloudAndVendor, "made from")]
    [InlineData("custom of a product", SupporterKind.Supplier, "cmjj000001")]
    [InlineData("imported Debian", SupporterKind.Nobody, "imported open source")]
    [InlineData("imported Windows, license of Alibaba Cloud", SupporterKind.AlibabaCloudAndVendor, "license of Alibaba Cloud")]
    [InlineData("imported Windows, own license", SupporterKind.Vendor, "your own license")]
    [InlineData("imported Windows, license not said", SupporterKind.Unknown, "does not say")]
    [InlineData("imported Windows of an unknown version", SupporterKind.AlibabaCloudAndVendor, "license of Alibaba Cloud")]
    [InlineData("imported RHEL, own license", SupporterKind.Vendor, "Red Hat")]
    [InlineData("imported unknown", SupporterKind.Unknown, "does not know")]
    [InlineData("copy with a license", SupporterKind.Vendor, "Microsoft")]
    // Rule 3: a shared image by the account that shares it.
    [InlineData("shared", SupporterKind.Owner, "1234567890123456")]
    // Rule 4: a Marketplace image by its vendor, or as a public one.
    [InlineData("of a vendor", SupporterKind.Supplier, "Contoso Software")]
    [InlineData("of Alibaba Cloud in the Marketplace", SupporterKind.AlibabaCloud, "as a public one")]
    [InlineData("of an unnamed vendor", SupporterKind.Supplier, "cmjj000001")]
    // Rule 5: a community image by nobody.
    [InlineData("community", SupporterKind.Nobody, "any account")]
    [InlineData("of an unknown kind", SupporterKind.Unknown, "kind")]
    // Rule 6: nobody after the end of life, whoever it was before.
    [InlineData("shared CentOS 7", SupporterKind.Nobody, "2024-06-30")]
    [InlineData("vendor's CentOS 7", SupporterKind.Nobody, "2024-06-30")]
    internal void Rules_2_to_6_other_images_are_supported_by_their_origin(string image, SupporterKind kind, string inReason)
    {
        var supporter = Supporters.Of(Images[image], Some.Today);
        Assert.Equal(kind, supporter.Kind);
        Assert.Contains(inReason, $"{supporter.Why} {supporter.Name}", StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_6_support_ends_after_the_last_day_and_the_reason_names_the_extension()
    {
        var image = Some.Image(EcsImageType.Public, "Windows Server 2016 Datacenter Edition 64 bit");
        Assert.Equal(SupporterKind.AlibabaCloudAndVendor, Supporters.Of(image, new DateOnly(2027, 1, 12)).Kind);
        var after = Supporters.Of(image, new DateOnly(2027, 1, 13));
        Assert.Equal(SupporterKind.Nobody, after.Kind);
        Assert.Contains("2027-01-12", after.Why, StringComparison.Ordinal);
        Assert.Contains("paid, lasts until 2030-01-12", after.Why, StringComparison.Ordinal);
        Assert.DoesNotContain("2030", Supporters.Of(image, new DateOnly(2030, 1, 13)).Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_6_what_is_not_known_has_not_ended() =>
        Assert.Equal(SupporterKind.AlibabaCloud, Supporters.Of(Some.Image(EcsImageType.Public, "Alibaba Cloud Linux 4 LTS 64 bit"), new DateOnly(2040, 1, 1)).Kind);

    [Theory]
    [InlineData(EcsImageType.Public, "Alibaba Cloud", "image as it was released", "security groups")]
    [InlineData(EcsImageType.Custom, "Your account", "Hardware", "put into it")]
    [InlineData(EcsImageType.Shared, "account that shares it", "Hardware", "Whether to trust the account")]
    [InlineData(EcsImageType.Marketplace, "vendor", "test of the image", "as its vendor says")]
    [InlineData(EcsImageType.Community, "Any account", "Hardware", "Whether to trust the publisher")]
    public void Rule_8_the_cloud_secures_the_platform_and_the_owner_what_runs_on_it(EcsImageType kind, string madeBy, string cloud, string owner)
    {
        var row = Responsibilities.Of(kind);
        Assert.Contains(madeBy, row.MadeBy, StringComparison.Ordinal);
        Assert.Contains(cloud, row.AlibabaCloudSecures, StringComparison.Ordinal);
        Assert.Contains(owner, row.YouSecure, StringComparison.Ordinal);
        Assert.Contains("updates and patches of the OS", row.YouSecure, StringComparison.Ordinal);
        Assert.Contains("network", row.AlibabaCloudSecures, StringComparison.Ordinal);
    }

    [Fact]
    public void Rule_8_a_kind_of_tomorrow_has_its_row_too() => Assert.Contains("updates", Responsibilities.Of(null).YouSecure, StringComparison.Ordinal);

    [Theory]
    [InlineData(EcsImageType.Public, true, false)]
    [InlineData(EcsImageType.Custom, false, true)]
    [InlineData(EcsImageType.Shared, false, false)]
    [InlineData(EcsImageType.Marketplace, false, false)]
    [InlineData(EcsImageType.Community, false, false)]
    public void Rule_9_where_images_of_a_kind_are(EcsImageType kind, bool isEverywhere, bool canBeCopied)
    {
        var row = Availabilities.Of(kind)!;
        Assert.Equal((isEverywhere, canBeCopied), (row.IsEverywhere, row.CanBeCopied));
        Assert.NotEmpty(row.Source);
    }
}
