using System.Text.Json;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class CopyImageTests
{
    private const string Beijing = "cn-beijing";

    [Fact]
    public async Task A_copy_is_a_new_image_there_with_snapshots_of_its_own_and_without_the_NVMe_setting()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var source = endpoint.AddImage(client, "web", static i => i with
        {
            Nvme = "supported",
            Imds = "v2",
            Family = "web",
            Disks = [new("/dev/xvda", "system", 40, "s-1", "", ContentId: "content-1")],
        });
        var id = await client.CopyAsync(source, Beijing, ("Tag.1.Key", "env"), ("DestinationDescription", "a copy"));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(250));
        var image = await client.ShowAsync(id, Beijing);
        var disk = Assert.Single(image.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").EnumerateArray());
        Assert.Equal(("Creating", "25%", 1), (Text(image, "Status"), Text(disk, "Progress"), disk.GetProperty("RemainTime").GetInt32()));
        Assert.Equal(("web", "a copy", "", true), (Text(image, "ImageName"), Text(image, "Description"), Text(image, "ImageFamily"), image.GetProperty("IsCopied").GetBoolean()));
        Assert.Equal(("unsupported", "v2"), (Text(image.GetProperty("Features"), "NvmeSupport"), Text(image.GetProperty("Features"), "ImdsSupport")));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM snapshot WHERE id = $id AND region = 'cn-beijing' AND content_id = 'content-1'", ("id", Text(disk, "SnapshotId"))));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(750));
        var ready = await client.ShowAsync(id, Beijing);
        Assert.Equal("Available", Text(ready, "Status"));
        var made = await client.ShowAsync(await client.CreateAsync(("SnapshotId", endpoint.AddSnapshot(client, "system", 40))));
        foreach (var other in (JsonElement[])[ready, made])
            foreach (var name in (string[])["Progress", "RemainTime"])
                Assert.False(other.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].TryGetProperty(name, out _));
    }

    [Fact]
    public async Task Five_copies_run_at_once_and_the_others_follow_as_places_fall_free()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var copies = new List<string>();
        for (var i = 0; i < 11; i++) copies.Add(await client.CopyAsync(endpoint.AddImage(client, $"web-{i}"), Beijing));
        Assert.Equal((5, 6), await CountsAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((5, 1), await CountsAsync(client));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((1, 0), await CountsAsync(client));
        Assert.Equal("Creating", await client.StatusAsync(copies[^1], Beijing));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 0), await CountsAsync(client));
    }

    [Fact]
    public async Task A_cancelled_copy_is_gone_and_lets_the_next_one_move_up()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var copies = new List<string>();
        for (var i = 0; i < 6; i++) copies.Add(await client.CopyAsync(endpoint.AddImage(client, $"web-{i}"), Beijing));
        Assert.Equal("Waiting", await client.StatusAsync(copies[5], Beijing));
        await client.OkAsync("CancelCopyImage", ("RegionId", Beijing), ("ImageId", copies[0]));
        Assert.Equal("Creating", await client.StatusAsync(copies[5], Beijing));
        Assert.Equal(0, (await client.OkAsync("DescribeImages", ("RegionId", Beijing), ("ImageId", copies[0]), ("Status", "ALL"))).TotalCount);
        Assert.Equal(5, endpoint.Count("SELECT count(*) FROM snapshot"));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "CancelCopyImage", ("RegionId", Beijing), ("ImageId", copies[0]));
        await client.RefusedAsync(404, "InvalidImageId.NotFound", "CancelCopyImage", ("ImageId", copies[1]));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.RefusedAsync(400, "IncorrectImageStatus", "CancelCopyImage", ("RegionId", Beijing), ("ImageId", copies[1]));
    }

    [Fact]
    public async Task A_copy_waits_also_after_the_endpoint_was_opened_anew()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var last = "";
        for (var i = 0; i < 6; i++) last = await client.CopyAsync(endpoint.AddImage(client, $"web-{i}"), Beijing);
        using var other = await endpoint.ClientAsync("main", await endpoint.OpenAsync());
        Assert.Equal("Waiting", await other.StatusAsync(last, Beijing));
        endpoint.Clock.Advance(TimeSpan.FromMilliseconds(1500));
        Assert.Equal("Creating", await other.StatusAsync(last, Beijing));
    }

    [Fact]
    public async Task An_image_that_is_no_copy_cannot_be_cancelled()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var id = await client.CreateAsync(("SnapshotId", endpoint.AddSnapshot(client, "system", 40)));
        await client.RefusedAsync(400, "ImageCreatedNotFromCopy", "CancelCopyImage", ("ImageId", id));
    }

    [Fact]
    public async Task The_same_copy_twice_at_once_is_refused_and_neither_end_can_be_deleted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var source = endpoint.AddImage(client, "web");
        var copy = await client.CopyAsync(source, Beijing);
        await client.RefusedAsync(400, "OperationDenied.ImageCopyConflict", "CopyImage", ("ImageId", source.Id), ("DestinationRegionId", Beijing));
        await client.RefusedAsync(403, "OperationDenied.ImageCopying", "DeleteImage", ("ImageId", source.Id), ("Force", "true"));
        await client.RefusedAsync(403, "OperationDenied.ImageCopying", "DeleteImage", ("RegionId", Beijing), ("ImageId", copy));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        // The name is taken there by now: the second copy is named by its id.
        var second = await client.CopyAsync(source, Beijing);
        Assert.Equal(second, Text(await client.ShowAsync(second, Beijing), "ImageName"));
        await client.OkAsync("DeleteImage", ("RegionId", Beijing), ("ImageId", copy));
    }

    [Theory]
    [InlineData("DestinationRegionId=xx-none", 400, "DestinationRegion.NotFound")]
    [InlineData("DestinationRegionId=cn-hangzhou", 403, "IncorrectDestinationRegion")]
    [InlineData("DestinationRegionId=cn-hangzhou&Encrypted=false", 403, "IncorrectDestinationRegion")]
    [InlineData("RegionId=xx-none", 400, "SourceRegion.NotFound")]
    [InlineData("DestinationImageName=aliyun", 400, "InvalidImageName.Malformed")]
    [InlineData("DestinationImageName=taken", 400, "InvalidImageName.Duplicated")]
    [InlineData("DestinationDescription=https://x", 400, "InvalidDescription.Malformed")]
    [InlineData("KMSKeyId=key", 400, "InvalidEncrypted.NotMatchKmsKeyId")]
    [InlineData("EncryptAlgorithm=AES-256", 400, "InvalidEncrypted.NotMatchEncryptAlgorithm")]
    [InlineData("EncryptAlgorithm=ROT13&Encrypted=true", 400, "InvalidEncryptAlgorithm")]
    [InlineData("ImageId=m-none", 404, "InvalidImageId.NotFound")]
    [InlineData("ImageId=aliyun_3_x64_20G_alibase_none.vhd", 404, "InvalidImageId.NotFound")]
    [InlineData("DryRun=true", 400, "DryRunOperation")]
    public async Task A_wrong_copy_has_the_services_code_and_makes_nothing(string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var source = endpoint.AddImage(client, "web");
        endpoint.AddImage(client, "taken", static i => i with { RegionId = Beijing });
        var given = query.Split('&').Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        given.TryAdd("ImageId", source.Id);
        given.TryAdd("DestinationRegionId", Beijing);
        await client.RefusedAsync(status, code, "CopyImage", [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(2, endpoint.Count("SELECT count(*) FROM image"));
    }

    [Fact]
    public async Task Only_available_images_that_are_own_or_shared_can_be_copied()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        using var guest = await endpoint.ClientAsync("guest");
        var published = endpoint.AddImage(client, "published", static i => i with { IsPublic = true });
        var deprecated = endpoint.AddImage(client, "old", static i => i with { Outcome = ImageState.Deprecated });
        var creating = endpoint.AddImage(client, "new", static i => i with { Duration = TimeSpan.FromMinutes(1) });
        var large = endpoint.AddImage(client, "large", static i => i with { Disks = [new("/dev/xvda", "system", 40, "s-1", ""), new("/dev/xvdb", "data", 2049, "s-2", "")] });
        var system = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"))).Images[0].GetProperty("ImageId").GetString()!;
        await client.RefusedAsync(400, "OperationDenied.CommunityImage", "CopyImage", ("ImageId", published.Id), ("DestinationRegionId", Beijing));
        await guest.RefusedAsync(400, "OperationDenied.CommunityImage", "CopyImage", ("ImageId", published.Id), ("DestinationRegionId", Beijing));
        await client.RefusedAsync(400, "IncorrectImageStatus", "CopyImage", ("ImageId", deprecated.Id), ("DestinationRegionId", Beijing));
        await client.RefusedAsync(400, "IncorrectImageStatus", "CopyImage", ("ImageId", creating.Id), ("DestinationRegionId", Beijing));
        await client.RefusedAsync(403, "SizeExceed.Image", "CopyImage", ("ImageId", large.Id), ("DestinationRegionId", Beijing));
        await client.RefusedAsync(403, "OperationDenied", "CopyImage", ("ImageId", system), ("DestinationRegionId", Beijing));
        await guest.RefusedAsync(404, "InvalidImageId.NotFound", "CopyImage", ("ImageId", deprecated.Id), ("DestinationRegionId", Beijing));
    }

    [Fact]
    public async Task A_shared_image_is_copied_within_its_region_and_belongs_to_who_copied_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var image = endpoint.AddImage(owner, "web");
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", image.Id), ("AddAccount.1", guest.Account.AccountId));
        await guest.RefusedAsync(403, "OperationDenied.SameRegionOnly", "CopyImage", ("ImageId", image.Id), ("DestinationRegionId", Beijing));
        var copy = await guest.CopyAsync(image, "cn-hangzhou");
        Assert.Equal("self", Text(await guest.ShowAsync(copy), "ImageOwnerAlias"));
        Assert.Equal(0, (await owner.OkAsync("DescribeImages", ("ImageId", copy), ("Status", "ALL"))).TotalCount);
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM snapshot WHERE account = $guest", ("guest", guest.Account.AccountId)));
        await owner.OkAsync("ModifyImageSharePermission", ("ImageId", image.Id), ("RemoveAccount.1", guest.Account.AccountId));
        await owner.RefusedAsync(403, "OperationDenied.ImageCopying", "DeleteImage", ("ImageId", image.Id));
    }

    [Fact]
    public async Task Encryption_can_be_added_but_not_taken_away()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var plain = endpoint.AddImage(client, "plain");
        var encrypted = await client.CopyAsync(plain, "cn-hangzhou", ("Encrypted", "true"), ("KMSKeyId", "key-1"), ("DestinationImageName", "locked"));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await client.ShowAsync(encrypted)).GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping")[0].GetProperty("Encrypted").GetBoolean());
        await client.RefusedAsync(403, "OperationDeined.EncryptedSnapshot", "CopyImage", ("ImageId", encrypted), ("DestinationRegionId", Beijing), ("Encrypted", "false"));
        await client.RefusedAsync(403, "IncorrectDestinationRegion", "CopyImage", ("ImageId", encrypted), ("DestinationRegionId", "cn-hangzhou"));
        await client.OkAsync("CopyImage", ("ImageId", encrypted), ("DestinationRegionId", "cn-hangzhou"), ("KMSKeyId", "key-2"));
        await client.OkAsync("CopyImage", ("ImageId", encrypted), ("DestinationRegionId", Beijing));
        Assert.Equal(1, endpoint.Count("SELECT count(*) FROM image WHERE region = 'cn-beijing' AND encrypted = 1 AND kms_key = ''"));
    }

    [Fact]
    public async Task Each_disk_stays_as_it_is_in_copies_and_launches_where_only_some_are_encrypted()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var mixed = endpoint.AddImage(client, "mixed", static i => i with
        {
            Encrypted = true,
            KmsKey = "key-1",
            Disks = [new("/dev/xvda", "system", 40, "s-1", ""), new("/dev/xvdb", "data", 20, "s-2", "", Encrypted: true)],
        });
        await client.RefusedAsync(403, "IncorrectDestinationRegion", "CopyImage", ("ImageId", mixed.Id), ("DestinationRegionId", "cn-hangzhou"));
        await client.RefusedAsync(403, "OperationDeined.EncryptedSnapshot", "CopyImage", ("ImageId", mixed.Id), ("DestinationRegionId", Beijing), ("Encrypted", "false"));
        var there = await client.CopyAsync(mixed, Beijing);
        var here = await client.CopyAsync(mixed, "cn-hangzhou", ("Encrypted", "true"), ("DestinationImageName", "whole"));
        Assert.Equal([false, true], Disks(await client.ShowAsync(there, Beijing)));
        Assert.Equal([true, true], Disks(await client.ShowAsync(here)));
        await client.RunAsync(("ImageId", mixed.Id));
        Assert.Equal([("/dev/xvda", false, ""), ("/dev/xvdb", true, "key-1")], (await client.OkAsync("DescribeDisks")).List("Disks")
            .Select(static d => (Text(d, "Device"), d.GetProperty("Encrypted").GetBoolean(), Text(d, "KMSKeyId"))).Order());
        endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        await client.RefusedAsync(403, "IncorrectDestinationRegion", "CopyImage", ("ImageId", here), ("DestinationRegionId", "cn-hangzhou"), ("Encrypted", "true"));

        static IEnumerable<bool> Disks(JsonElement image) =>
            image.GetProperty("DiskDeviceMappings").GetProperty("DiskDeviceMapping").EnumerateArray().Select(static d => d.GetProperty("Encrypted").GetBoolean());
    }

    [Fact]
    public async Task A_token_makes_one_copy_and_refuses_another_call()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var source = endpoint.AddImage(client, "web");
        Assert.Equal(await client.CopyAsync(source, Beijing, ("ClientToken", "once")), await client.CopyAsync(source, Beijing, ("ClientToken", "once")));
        await client.RefusedAsync(400, "IdempotentParameterMismatch", "CopyImage", ("ImageId", source.Id), ("DestinationRegionId", "cn-shanghai"), ("ClientToken", "once"));
    }

    [Fact]
    public async Task The_quota_of_the_destination_holds()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImages(client, 100, static (i, n) => i with { RegionId = Beijing });
        await client.RefusedAsync(403, "QuotaExceed.Image", "CopyImage", ("ImageId", endpoint.AddImage(client, "web").Id), ("DestinationRegionId", Beijing));
    }

    private static async Task<(int Creating, int Waiting)> CountsAsync(TestClient client)
    {
        var creating = await client.OkAsync("DescribeImages", ("RegionId", Beijing), ("ImageOwnerAlias", "self"), ("Status", "Creating"));
        var waiting = await client.OkAsync("DescribeImages", ("RegionId", Beijing), ("ImageOwnerAlias", "self"), ("Status", "Waiting"));
        return (creating.TotalCount, waiting.TotalCount);
    }

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
