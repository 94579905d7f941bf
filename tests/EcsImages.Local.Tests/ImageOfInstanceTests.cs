namespace EcsImages.Local.Tests;

public sealed class ImageOfInstanceTests
{
    [Fact]
    public async Task An_instance_of_a_copied_image_of_an_instance_has_the_bytes_of_the_first_public_image()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"), ("InstanceType", "ecs.g6.large"), ("OSType", "linux"))).Images[0];
        var first = await client.RunAsync(("ImageId", image.GetProperty("ImageId").GetString()!));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        var made = await client.CreateAsync(("InstanceId", first), ("ImageName", "made"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(image.GetProperty("OSName").GetString(), (await client.ShowAsync(made)).GetProperty("OSName").GetString());
        var copy = (await client.OkAsync("CopyImage", ("ImageId", made), ("DestinationRegionId", "cn-beijing"))).Body.GetProperty("ImageId").GetString()!;
        endpoint.Clock.Advance(TimeSpan.FromSeconds(5));
        await client.OkAsync("RunInstances", ("RegionId", "cn-beijing"), ("ImageId", copy), ("InstanceType", "ecs.g6.large"));
        Assert.Equal(1, endpoint.Count("SELECT count(DISTINCT content_id) FROM disk WHERE type = 'system'"));
        Assert.Equal(2, endpoint.Count("SELECT count(*) FROM disk WHERE content_id IS NOT NULL"));
        // What an image uses cannot be deleted from under it.
        var snapshot = (await client.ShowAsync(made)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].GetProperty("SnapshotId").GetString()!;
        var kept = await client.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot), ("Force", "true"));
        Assert.Equal((403, "SnapshotCreatedImage"), (kept.Status, kept.Code));
    }
}
