using System.Diagnostics;

namespace EcsImages.Local.Tests;

public sealed class ScaleTests
{
    [Fact]
    public async Task A_page_of_a_hundred_thousand_images_costs_little()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "first");
        endpoint.Arrange(static s => s.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 99999)
            INSERT INTO image (id, account, region, name, os_type, platform, architecture, boot_mode, nvme, imds, size_gib, created_at, started_at, duration_ms, ready_at, outcome)
            SELECT 'm-' || i, account, region, 'image-' || i, os_type, platform, architecture, boot_mode, nvme, imds, size_gib, created_at - i * 1000, started_at, 0, ready_at, outcome
            FROM image, n
            """));
        await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"));
        var watch = Stopwatch.StartNew();
        var first = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("PageSize", "100"));
        var deep = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("PageSize", "100"), ("PageNumber", "1000"));
        var none = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("PageSize", "100"), ("PageNumber", "1001"));
        watch.Stop();
        Assert.Equal((100_000, 100), (first.TotalCount, first.Images.Count));
        Assert.Equal(100, deep.Images.Count);
        Assert.Empty(none.Images);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"Three pages took {watch.Elapsed}.");
    }
}
