using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class FeeTests
{
    private const string Windows2022 = "Windows Server 2022 Datacenter Edition 64 bit";

    [Theory]
    [InlineData(EcsImageType.Public, "Ubuntu 24.04 64 bit", "Free")]
    [InlineData(EcsImageType.Public, "Alibaba Cloud Linux 3.2104 LTS 64 bit", "Free")]
    [InlineData(EcsImageType.Public, "Alibaba Cloud Linux 3 Pro 64 bit", "OS license (Alibaba Cloud Linux 3 Pro)")]
    [InlineData(EcsImageType.Public, "Red Hat Enterprise Linux 9.4 64 bit", "OS license (Red Hat Enterprise Linux)")]
    [InlineData(EcsImageType.Public, "SUSE Linux Enterprise Server 15 SP7 64 bit", "OS license (SUSE Linux Enterprise Server)")]
    [InlineData(EcsImageType.Public, Windows2022, "OS license (Windows Server)")]
    [InlineData(EcsImageType.Public, "Windows Server 2030", "OS license (Windows Server)")]
    [InlineData(EcsImageType.Custom, "Ubuntu 24.04 64 bit", "Snapshot storage")]
    [InlineData(EcsImageType.Custom, "Red Hat Enterprise Linux 9.4 64 bit", "Snapshot storage + OS license (Red Hat Enterprise Linux)")]
    [InlineData(EcsImageType.Custom, "Kylin V10 64 bit", "Snapshot storage")]
    [InlineData(EcsImageType.Custom, null, "Snapshot storage")]
    [InlineData(EcsImageType.Shared, "Ubuntu 24.04 64 bit", "Free")]
    [InlineData(EcsImageType.Shared, Windows2022, "OS license (Windows Server)")]
    [InlineData(EcsImageType.Community, "Ubuntu 24.04 64 bit", "Free")]
    [InlineData(EcsImageType.Community, Windows2022, "OS license (Windows Server)")]
    public void Rule_101_what_an_image_costs(EcsImageType kind, string? os, string fee) => Assert.Equal(fee, Some.Image(kind, os).Fee);

    [Theory]
    [InlineData(EcsImageType.Marketplace, "Marketplace product (cmjj000001)")]
    [InlineData(EcsImageType.Custom, "Snapshot storage + Marketplace product (cmjj000001)")]
    [InlineData(EcsImageType.Shared, "Marketplace product (cmjj000001)")]
    public void Rule_101_a_product_costs_its_price_also_through_images_made_of_it(EcsImageType kind, string fee) =>
        Assert.Equal(fee, (Some.Image(kind, Windows2022) with { ProductCode = "cmjj000001" }).Fee);

    [Fact]
    public void Rule_101_ones_own_license_is_not_billed() => Assert.Equal("Snapshot storage", Some.Imported(Windows2022, "BYOL").Fee);

    [Theory]
    [InlineData("cn-hangzhou", true)]
    [InlineData("cn-hongkong", false)]
    [InlineData("ap-southeast-1", false)]
    public void Conflict_25_the_reason_says_where_sources_disagree_on_Windows(string region, bool disagree)
    {
        var fee = Fees.Of(Some.Image(EcsImageType.Public, Windows2022) with { RegionId = region });
        Assert.Equal(FeeKinds.OSLicense, fee.Kinds);
        Assert.Equal(disagree, fee.Why.Contains("mainland", StringComparison.Ordinal));
    }
}
