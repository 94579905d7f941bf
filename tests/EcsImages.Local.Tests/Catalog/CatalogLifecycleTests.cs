using EcsImages.Core.Images;
using EcsImages.Local.Catalog;
using Xunit.Abstractions;

namespace EcsImages.Local.Tests.Catalog;

/// <summary>Rule 6: the end of life of an image is that of its operating system.</summary>
public sealed class CatalogLifecycleTests(ITestOutputHelper output)
{
    private const double MostWithoutRow = 0.02;

    private static readonly string[] Regions = [.. EcsImages.Local.Catalog.Regions.All.Select(static r => r.Id)];

    private static IReadOnlyList<EcsImage> Images { get; } =
        [.. Regions.SelectMany(CatalogImages.In).DistinctBy(static i => i.Id).Select(static i => new EcsImage
        {
            ImageId = i.Id, Name = i.Name, Family = i.Family.Length == 0 ? null : i.Family, OSName = i.OsNameEn, OSType = i.OsType,
            Platform = i.Platform, RegionId = "cn-hangzhou", ContextAccountId = "1",
        })];

    [Fact]
    public void Of_all_images_of_the_catalog_at_most_2_percent_match_no_lifecycle()
    {
        var without = Images.Where(static i => Lifecycles.Of(i) is null).ToArray();
        foreach (var image in without) output.WriteLine($"{image.ImageId}: {image.OSName} ({image.Platform}) matches no row.");
        output.WriteLine($"{without.Length} of {Images.Count} match no row.");
        Assert.True(Images.Count > 100);
        Assert.True(without.Length <= Images.Count * MostWithoutRow);
    }
}
