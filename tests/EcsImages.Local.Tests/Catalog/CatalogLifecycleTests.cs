using EcsImages.Core.Images;
using EcsImages.Local.Catalog;
using Xunit.Abstractions;

namespace EcsImages.Local.Tests.Catalog;

/// <summary>Rule 6: the end of life of an image is that of its operating system, here of every image of the catalog.</summary>
public sealed class CatalogLifecycleTests(ITestOutputHelper output)
{
    private const double MostWithoutRow = 0.02;
    private const int FewestImages = 100;

    private static IReadOnlyList<EcsImage> Images { get; } =
        [.. EcsImages.Local.Catalog.Regions.All.SelectMany(static r => CatalogImages.In(r.Id)).DistinctBy(static i => i.Id).Select(static i => new EcsImage
        {
            ImageId = i.Id,
            Name = i.Name,
            Family = i.Family.Length == 0 ? null : i.Family,
            OSName = i.OsNameEn,
            OSType = i.OsType,
            Platform = i.Platform,
            RegionId = "cn-hangzhou",
            ContextAccountId = "1",
        })];

    /// <summary>Which lifecycle each public image has, by the document that names it.</summary>
    public static TheoryData<string, string> Documented
    {
        get
        {
            using var reader = new StreamReader(typeof(CatalogLifecycleTests).Assembly.GetManifestResourceStream("public-image-systems.tsv")!);
            var data = new TheoryData<string, string>();
            while (reader.ReadLine() is { } line)
                if (line.Split('\t') is [var id, _, _, var row] && !line.StartsWith('#')) data.Add(id, row);
            return data;
        }
    }

    [Fact]
    public void At_most_2_percent_of_all_images_match_no_lifecycle()
    {
        var without = Images.Where(static i => Lifecycles.Of(i) is null).ToArray();
        foreach (var image in without) output.WriteLine($"{image.ImageId}: '{image.OSName}' ({image.Platform}) matches no row.");
        output.WriteLine($"{without.Length} of {Images.Count} match no row.");
        Assert.True(Images.Count > FewestImages);
        Assert.True(without.Length <= Images.Count * MostWithoutRow, $"{without.Length} of {Images.Count} match no row.");
    }

    [Theory]
    [MemberData(nameof(Documented))]
    public void A_public_image_has_the_lifecycle_of_the_system_that_its_document_names(string imageId, string row)
    {
        var image = Images.Single(i => i.ImageId == imageId);
        Assert.Equal(row, Lifecycles.Of(image)?.Name);
        Assert.Equal(row, Lifecycles.Of(image with { Family = null, Platform = null })?.Name);
        // What can be told from the id alone is told right: it is all that is left of an image that is gone.
        if (!imageId.StartsWith("m-", StringComparison.Ordinal)) Assert.Equal(row, Lifecycles.OfImageId(imageId)?.Name);
        if (image.Family is not null) Assert.Equal(row, Lifecycles.Of(image with { OSName = null, ImageId = "m-1" })?.Name);
    }

    [Fact]
    public void Every_public_image_of_the_catalog_is_documented()
    {
        var documented = Documented.Select(static d => (string)d[0]).ToHashSet(StringComparer.Ordinal);
        Assert.Empty(Images.Where(i => !i.ImageId.StartsWith("m-", StringComparison.Ordinal) && !documented.Contains(i.ImageId)).Select(static i => i.ImageId));
    }
}
