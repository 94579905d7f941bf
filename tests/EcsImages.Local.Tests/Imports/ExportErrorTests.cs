namespace EcsImages.Local.Tests.Imports;

public sealed class ExportErrorTests
{
    [Theory]
    [InlineData(404, "InvalidImageId.NotFound", "ImageId=m-missing")]
    [InlineData(400, "MissingParameter", "ImageId=-")]
    [InlineData(400, "MissingParameter", "OSSBucket=-")]
    [InlineData(400, "InvalidOSSPrefix.Malformed", "OSSPrefix=a-b")]
    [InlineData(400, "InvalidOSSPrefix.Malformed", "OSSPrefix=0123456789012345678901234567890")]
    [InlineData(400, "InvalidImageFormat.Malformed", "ImageFormat=vhdx")]
    [InlineData(400, "InvalidImageFormat.RegionNotSupported", "ImageFormat=qcow2")]
    [InlineData(400, "InvalidOSSBucket.NotFound", "OSSBucket=no-such-bucket")]
    [InlineData(400, "InvalidRegionId.NotFound", "RegionId=cn-atlantis")]
    [InlineData(403, "NoSetRoletoECSServiceAcount", "RoleName=nobody")]
    [InlineData(403, "NoSetRoletoECSServiceAcount", "RoleName=AliyunECSImageImportDefaultRole")]
    [InlineData(400, "InvalidParameter", "ClientToken=abc")]
    [InlineData(400, "DryRunOperation", "DryRun=true")]
    public async Task What_is_wrong_is_refused_with_the_codes_of_the_service_and_makes_nothing(int status, string code, string wrong)
    {
        await using var world = await ImportWorld.StartAsync();
        var image = world.Endpoint.AddImage(world.Client, "web");
        var (name, value) = (wrong.Split('=')[0], wrong.Split('=')[1]);
        (string Name, string Value)[] all = [("ImageId", image.Id), ("OSSBucket", ImportWorld.BucketName), (name, value)];
        await world.Client.RefusedAsync(status, code, "ExportImage", [.. all.GroupBy(static p => p.Name).Select(static g => g.Last()).Where(static p => p.Value != "-")]);
        Assert.Equal(0, world.Endpoint.Count("SELECT (SELECT count(*) FROM task) + (SELECT count(*) FROM byte_work)"));
    }

    [Fact]
    public async Task Only_an_own_image_that_is_available_and_neither_encrypted_nor_large_is_exported()
    {
        await using var world = await ImportWorld.StartAsync();
        using var other = await world.Endpoint.ClientAsync("other");
        Task RefuseAsync(int status, string code, string image) => world.Client.RefusedAsync(status, code, "ExportImage", ("ImageId", image), ("OSSBucket", ImportWorld.BucketName));
        string Add(string name, Func<Store.Image, Store.Image> change) => world.Endpoint.AddImage(world.Client, name, change).Id;

        var official = (await world.Client.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"))).Images[0].GetProperty("ImageId").GetString()!;
        await RefuseAsync(403, "InvalidImageCategory.NotSupported", official);
        await RefuseAsync(403, "InvalidImageCategory.NotSupported", world.Endpoint.AddImage(other, "community", static i => i with { IsPublic = true }).Id);
        await RefuseAsync(404, "InvalidImageId.NotFound", world.Endpoint.AddImage(other, "private").Id);
        var shared = world.Endpoint.AddImage(other, "shared");
        await other.OkAsync("ModifyImageSharePermission", ("ImageId", shared.Id), ("AddAccount.1", world.Client.Account.AccountId));
        await RefuseAsync(403, "InvalidImageCategory.NotSupported", shared.Id);
        await RefuseAsync(403, "InvalidImageCategory.NotSupported", Add("published", static i => i with { IsPublic = true }));
        await RefuseAsync(403, "InvalidImageCategory.NotSupported", Add("market", static i => i with { ProductCode = "cmjj000001" }));
        await RefuseAsync(400, "ImageNotSupported", Add("encrypted", static i => i with { Encrypted = true }));
        await RefuseAsync(400, "IncorrectImageStatus", Add("deprecated", static i => i with { Outcome = "Deprecated" }));
        await RefuseAsync(400, "IncorrectImageStatus", Add("creating", static i => i with { Duration = TimeSpan.FromMinutes(1) }));
        await RefuseAsync(400, "InvalidImage.DiskAmountOrSize", Add("large", static i => i with { Disks = [.. i.Disks, new("/dev/xvdb", "data", 501, "", "")] }));
        await RefuseAsync(400, "InvalidImage.DiskAmountOrSize", Add("many", static i => i with { Disks = [.. i.Disks, .. "bcdef".Select(static c => new Store.ImageDisk($"/dev/xvd{c}", "data", 20, "", ""))] }));
    }

    [Fact]
    public async Task A_bucket_of_another_account_or_region_is_not_written()
    {
        await using var world = await ImportWorld.StartAsync();
        using var other = await world.Endpoint.ClientAsync("other");
        var theirs = world.Endpoint.AddImage(other, "theirs");
        await other.RefusedAsync(400, "InvalidOSSBucket.NotMatched", "ExportImage", ("ImageId", theirs.Id), ("OSSBucket", ImportWorld.BucketName));
        var far = world.Endpoint.AddImage(world.Client, "far", static i => i with { RegionId = "cn-beijing" });
        await world.Client.RefusedAsync(400, "InvalidOSSBucket.NotMatched", "ExportImage", ("RegionId", "cn-beijing"), ("ImageId", far.Id), ("OSSBucket", ImportWorld.BucketName));
    }

    [Fact]
    public async Task An_image_under_export_is_neither_exported_again_nor_deleted_and_five_are_exported_at_once()
    {
        await using var world = await ImportWorld.StartAsync();
        var images = Enumerable.Range(0, 6).Select(i => world.Endpoint.AddImage(world.Client, $"web-{i}", static m => m with { Disks = [m.Disks[0] with { SizeGiB = 1 }] }).Id).ToArray();
        await world.ExportAsync(images[0]);
        await world.Client.RefusedAsync(403, "ImageIsExporting", "ExportImage", ("ImageId", images[0]), ("OSSBucket", ImportWorld.BucketName));
        await world.Client.RefusedAsync(403, "ImageIsExporting", "DeleteImage", ("ImageId", images[0]), ("Force", "true"));
        foreach (var image in images[1..5]) await world.ExportAsync(image);
        await world.Client.RefusedAsync(403, "ConcurrentQuotaExceed.ExportImage", "ExportImage", ("ImageId", images[5]), ("OSSBucket", ImportWorld.BucketName));
        await world.FinishAsync();
        await world.ExportAsync(images[5]);
        await world.Client.OkAsync("DeleteImage", ("ImageId", images[0]));
    }

    [Fact]
    public async Task An_export_whose_bucket_has_gone_meanwhile_fails_and_leaves_no_bytes()
    {
        await using var world = await ImportWorld.StartAsync();
        var image = world.Endpoint.AddImage(world.Client, "web", static i => i with { Disks = [i.Disks[0] with { SizeGiB = 1 }] });
        var task = await world.ExportAsync(image.Id);
        await world.QuietAsync();
        Assert.Equal(204, (await world.Oss.SendAsync("DELETE", "")).Status);
        await world.FinishAsync();
        var seen = await world.TaskAsync(task);
        Assert.Equal(("Failed", "InvalidOSSBucket.NotFound"), (seen.Text("TaskStatus"), seen.List("OperationProgressSet")[0].GetProperty("ErrorCode").GetString()));
        Assert.Equal(0, world.Endpoint.Count("SELECT count(*) FROM content"));
        world.AssertTidy();
    }
}
