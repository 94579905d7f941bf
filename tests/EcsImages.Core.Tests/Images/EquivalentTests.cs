using EcsImages.Core.Images;

namespace EcsImages.Core.Tests.Images;

public sealed class EquivalentTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly EcsImage Own = new()
    {
        ImageId = "m-own",
        Name = "web",
        Description = "web of november",
        ImageType = EcsImageType.Custom,
        Status = "Available",
        IsCopied = false,
        OSName = "Ubuntu 24.04 64 bit",
        OSType = "linux",
        Architecture = "x86_64",
        SizeGiB = 40,
        CreationTime = Noon,
        Disks = [new() { Device = "/dev/xvda", SizeGiB = 40 }, new() { Device = "/dev/xvdb", SizeGiB = 20 }],
        RegionId = "cn-hangzhou",
        ContextAccountId = "1",
    };

    private static readonly EcsImage Copy = Own with { ImageId = "m-copy", IsCopied = true, RegionId = "cn-beijing", CreationTime = Noon.AddHours(1) };

    public static TheoryData<string, EcsImage, EcsImage, EcsImageMatch> Pairs => new()
    {
        { "the image itself", Own, Own, EcsImageMatch.Same },
        { "a copy of the same name", Own, Copy, EcsImageMatch.Copy },
        { "a copy that was renamed", Own, Copy with { Name = "other" }, EcsImageMatch.Copy },
        { "a copy of another name and description", Own, Copy with { Name = "other", Description = "else" }, EcsImageMatch.None },
        { "a copy of another name, neither described", Own with { Description = null }, Copy with { Name = "other", Description = null }, EcsImageMatch.None },
        { "the same name, but no copy", Own, Copy with { IsCopied = false }, EcsImageMatch.None },
        { "a copy that is older", Own, Copy with { CreationTime = Noon.AddHours(-1) }, EcsImageMatch.None },
        { "a copy with another system", Own, Copy with { OSName = "Debian 12.13 64 bit" }, EcsImageMatch.None },
        { "a copy of another architecture", Own, Copy with { Architecture = "arm64" }, EcsImageMatch.None },
        { "a copy with a larger disk", Own, Copy with { SizeGiB = 60 }, EcsImageMatch.None },
        { "a copy without the data disk", Own, Copy with { Disks = [Own.Disks[0]] }, EcsImageMatch.None },
        { "a copy with its disks in another order", Own, Copy with { Disks = [Own.Disks[1], Own.Disks[0]] }, EcsImageMatch.Copy },
        { "what a copy was made of", Copy, Own, EcsImageMatch.Copy },
        { "another copy of the same", Copy, Copy with { ImageId = "m-third", CreationTime = Noon.AddHours(-3) }, EcsImageMatch.Copy },
        { "an image that is younger than its copy", Copy, Own with { CreationTime = Noon.AddHours(2) }, EcsImageMatch.None },
        { "a shared image of that name", Own, Copy with { ImageType = EcsImageType.Shared }, EcsImageMatch.None },
        { "the same public id", Public("a"), Public("a"), EcsImageMatch.Same },
        { "the same family", Public("a"), Public("b"), EcsImageMatch.SameFamily },
        { "no family", Public("a") with { Family = null }, Public("b") with { Family = null }, EcsImageMatch.None },
        { "one's own image of a public family", Public("a"), Public("b") with { ImageType = EcsImageType.Custom }, EcsImageMatch.None },
        { "the same product", Product("a", "p1"), Product("b", "p1"), EcsImageMatch.SameProduct },
        { "another product", Product("a", "p1"), Product("b", "p2"), EcsImageMatch.None },
        { "the same publisher and name", Community("a", "7"), Community("b", "7"), EcsImageMatch.Copy },
        { "another publisher", Community("a", "7"), Community("b", "8"), EcsImageMatch.None },
        { "a shared image", Own with { ImageType = EcsImageType.Shared }, Copy with { ImageType = EcsImageType.Shared }, EcsImageMatch.None },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_equivalent_is_told_by_what_is_known_of_it(string what, EcsImage asked, EcsImage other, EcsImageMatch match)
    {
        var found = Equivalents.Choose(asked, "cn-beijing", [other]);
        Assert.True(match == found.Match, $"{what}: {found.Match}, {found.Reason}");
        Assert.Equal(match is EcsImageMatch.None ? null : other.ImageId, found.ImageId);
        Assert.Equal(match is not EcsImageMatch.None, found.Available);
        Assert.NotEmpty(found.Reason);
    }

    [Fact]
    public void The_surest_comes_first_then_what_can_be_used_then_the_newest()
    {
        var renamed = Copy with { ImageId = "m-renamed", Name = "else", CreationTime = Noon.AddHours(9) };
        var pending = Copy with { ImageId = "m-pending", Status = "Creating", ProgressPercent = 40, CreationTime = Noon.AddHours(8) };
        var newer = Copy with { ImageId = "m-newer", CreationTime = Noon.AddHours(2) };
        Assert.Equal("m-newer", Equivalents.Choose(Own, "cn-beijing", [renamed, Copy, pending, newer]).ImageId);
        var under = Equivalents.Choose(Own, "cn-beijing", [renamed, pending]);
        Assert.Equal(("m-pending", false), (under.ImageId, under.Available));
        Assert.Contains("40%", under.Reason, StringComparison.Ordinal);
        Assert.Contains("probably", Equivalents.Choose(Own, "cn-beijing", [renamed]).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_product_of_the_same_version_is_preferred() => Assert.Equal("old",
        Equivalents.Choose(Product("a", "p1"), "cn-beijing", [Product("new", "p1") with { Version = "2", CreationTime = Noon.AddDays(9) }, Product("old", "p1")]).ImageId);

    private static EcsImage Public(string id) => Own with { ImageId = id, ImageType = EcsImageType.Public, Family = "acs:ubuntu_24_04_x64" };

    private static EcsImage Product(string id, string product) => Own with { ImageId = id, ImageType = EcsImageType.Marketplace, ProductCode = product, Version = "1" };

    private static EcsImage Community(string id, string owner) => Own with { ImageId = id, ImageType = EcsImageType.Community, OwnerAccountId = owner };
}
