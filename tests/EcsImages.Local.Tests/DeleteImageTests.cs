namespace EcsImages.Local.Tests;

public sealed class DeleteImageTests
{
    [Fact]
    public async Task A_deleted_image_is_gone_with_its_tags_and_its_snapshots_stay()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var snapshot = endpoint.AddSnapshot(client, "system", 40);
        var id = await client.CreateAsync(("SnapshotId", snapshot), ("Tag.1.Key", "env"));
        await client.RefusedAsync(400, "DryRunOperation", "DeleteImage", ("ImageId", id), ("DryRun", "true"));
        await client.OkAsync("DeleteImage", ("ImageId", id));
        Assert.Equal(0, (await client.OkAsync("DescribeImages", ("ImageId", id), ("Status", "ALL"))).TotalCount);
        Assert.Equal((1, 0, 0), (endpoint.Count("SELECT count(*) FROM snapshot"), endpoint.Count("SELECT count(*) FROM tag"), endpoint.Count("SELECT count(*) FROM image_disk")));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "DeleteImage", ("ImageId", id));
    }

    [Fact]
    public async Task Force_overcomes_instances_and_nothing_else()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var id = endpoint.AddImage(client, "web").Id;
        endpoint.AddInstance(client, id);
        Assert.Equal("instance", (await client.ShowAsync(id)).GetProperty("Usage").GetString());
        (string, string)[] forced = [("ImageId", id), ("Force", "true")];
        await client.RefusedAsync(403, "ImageUsingByInstance", "DeleteImage", ("ImageId", id));
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("AddAccount.1", guest.Account.AccountId));
        await client.RefusedAsync(403, "ImageUseShared", "DeleteImage", forced);
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("RemoveAccount.1", guest.Account.AccountId));
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "true"));
        await client.RefusedAsync(403, "ImageIsPublic", "DeleteImage", forced);
        await client.OkAsync("ModifyImageSharePermission", ("ImageId", id), ("IsPublic", "false"));
        await client.OkAsync("DeleteImage", forced);
    }

    [Fact]
    public async Task An_image_being_imported_cannot_be_deleted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web", static i => i with { MadeBy = "ImportImage", Duration = TimeSpan.FromMinutes(1) });
        await client.RefusedAsync(403, "ImageIsImporting", "DeleteImage", ("ImageId", image.Id), ("Force", "true"));
    }
}
