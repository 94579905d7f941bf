using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class KindTests
{
    [Theory]
    [InlineData("system", true, null, EcsImageType.Public)]
    [InlineData("self", false, null, EcsImageType.Custom)]
    [InlineData("others", false, null, EcsImageType.Shared)]
    [InlineData("others", null, null, EcsImageType.Shared)]
    [InlineData("others", true, null, EcsImageType.Community)]
    [InlineData("marketplace", true, "cmjj000001", EcsImageType.Marketplace)]
    [InlineData(null, null, "cmjj000001", EcsImageType.Marketplace)]
    // An image of one's own that was made of a Marketplace image stays one's own.
    [InlineData("self", false, "cmjj000001", EcsImageType.Custom)]
    [InlineData("tomorrow", null, null, null)]
    public void Rule_10_the_owner_alias_tells_the_kind(string? alias, bool? isPublic, string? product, EcsImageType? kind) =>
        Assert.Equal(kind, ImageTypes.Of(alias, isPublic, product));

    [Theory]
    [InlineData(EcsImageType.Public, EcsImageTrust.Highest)]
    [InlineData(EcsImageType.Custom, EcsImageTrust.High)]
    [InlineData(EcsImageType.Shared, EcsImageTrust.Medium)]
    [InlineData(EcsImageType.Marketplace, EcsImageTrust.MediumToHigh)]
    [InlineData(EcsImageType.Community, EcsImageTrust.Lowest)]
    public void Rules_1_to_5_trust_goes_by_the_kind(EcsImageType kind, EcsImageTrust trust) => Assert.Equal(trust, Some.Image(kind).Trust);

    [Fact]
    public void Trust_can_be_compared_and_is_not_guessed()
    {
        EcsImageTrust[] rising = [EcsImageTrust.Lowest, EcsImageTrust.Medium, EcsImageTrust.MediumToHigh, EcsImageTrust.High, EcsImageTrust.Highest];
        Assert.Equal(rising.Order(), rising);
        Assert.Null(Some.Image(null).Trust);
    }

    [Theory]
    [InlineData(new string[0], EcsImageContent.SystemDisk)]
    [InlineData(new[] { "system" }, EcsImageContent.SystemDisk)]
    [InlineData(new[] { "system", "data" }, EcsImageContent.SystemAndDataDisks)]
    [InlineData(new[] { "system", "data", "data" }, EcsImageContent.SystemAndDataDisks)]
    public void Rule_0_the_disks_tell_what_an_image_holds(string[] disks, EcsImageContent content) =>
        Assert.Equal(content, (Some.Image() with { Disks = [.. disks.Select(static d => new EcsImageDisk { DiskType = d })] }).Content);
}
