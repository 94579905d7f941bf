using EcsImages.Local.Tests.Contents;
using EcsImages.Local.Tests.Imports;
using static EcsImages.Local.Tests.Building.BuildWorld;

namespace EcsImages.Local.Tests.Building;

/// <summary>The folder is copied in the middle of the work, as a process that is killed there leaves it, and opened anew.</summary>
public sealed class BuildKillTests
{
    private static readonly string[] Regions = ["cn-hangzhou", "cn-beijing", "cn-shanghai"];

    [TheoryWithTools("cp", "qemu-img")]
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task An_execution_that_is_killed_anywhere_is_finished_once_by_whoever_opens_the_folder_next(int seed, bool imports)
    {
        using var files = new DiskFile();
        var disk = imports ? await File.ReadAllBytesAsync(files.Convert(files.Raw(sizeMiB: 80), "qcow2")) : null;
        var random = new Random(seed);
        var (accepted, all) = await RunAsync(disk, 0, "");
        foreach (var point in (int[])[accepted + 1, .. Enumerable.Range(0, 10).Select(_ => random.Next(accepted + 1, all)), all])
        {
            var copy = Path.Combine(files.Folder, Guid.NewGuid().ToString("N"));
            await RunAsync(disk, point, copy);
            await CheckAsync(copy, imports, $"seed {seed}, point {point} of {accepted} to {all}");
        }
    }

    // Goes through all stages; answers how often the time had been asked for when the start was answered, and in all.
    private static async Task<(int Accepted, int All)> RunAsync(byte[]? disk, int point, string copy)
    {
        await using var import = await ImportWorld.StartAsync();
        var world = On(import.Endpoint, import.Client);
        if (disk is not null) await import.PutAsync("disk.qcow2", disk);
        var pipeline = await PipelineAsync(world, imports: disk is not null);
        var clock = new KillingClock(world.Endpoint.Clock, world.Endpoint.Folder, copy);
        var endpoint = await world.Endpoint.OpenAsync(clock);
        var client = await world.Endpoint.ClientAsync(endpoint: endpoint);
        clock.Reset();
        clock.At = point;
        var id = (await client.OkAsync("StartImagePipelineExecution", ("ImagePipelineId", pipeline))).Text("ExecutionId");
        var accepted = clock.Asked;
        await import.QuietAsync(endpoint);
        for (var i = 0; i < 20; i++)
        {
            world.Advance(0.5);
            await client.OkAsync("DescribeImagePipelineExecutions", ("ExecutionId", id));
        }
        Assert.Equal(point > 0, Directory.Exists(copy));
        return (accepted, clock.Asked);
    }

    private static async Task<string> PipelineAsync(BuildWorld world, bool imports)
    {
        using var guest = await world.Endpoint.ClientAsync("guest");
        const string Disk = "ImportImageOptions.DiskDeviceMappings.1.";
        (string, string)[] basis = imports ? [("BaseImageType", "OSS"), (Disk + "OSSBucket", ImportWorld.BucketName), (Disk + "OSSObject", "disk.qcow2")] : [("BaseImageType", "IMAGE"), ("BaseImage", world.AddBase().Id)];
        return await world.PipelineAsync([.. basis, ("TestContent", "RUN true"), ("RepairMode", "Standard"), ("ImageOptions.ImageName", "built"), ("AddAccount.1", guest.Account.AccountId),
            .. Regions.Select(static (r, i) => ($"ToRegionId.{i + 1}", r))]);
    }

    private static async Task CheckAsync(string copy, bool imports, string where)
    {
        await using var endpoint = await TestEndpoint.OnAsync(copy, new ManualClock().Now.AddHours(1));
        var world = On(endpoint, await endpoint.ClientAsync());
        await ((LocalEndpoint)endpoint.Endpoint).Worker.QuietAsync();
        world.Advance(3600);
        var guest = await endpoint.ClientAsync("guest");
        var pipeline = Text(Assert.Single((await world.Client.OkAsync("DescribeImagePipelines")).List("ImagePipeline")), "ImagePipelineId");
        var row = Assert.Single((await world.Client.OkAsync("DescribeImagePipelineExecutions", ("ImagePipelineId", pipeline))).List("ImagePipelineExecution"));
        Assert.True(Text(row, "Status") == "SUCCESS", $"{where}: {row}");
        // Besides what was built, there is what it was built on, unless that was imported for it.
        Assert.Equal(imports ? 1 : 2, (await world.ImagesAsync()).Length);
        foreach (var region in Regions)
        {
            if (region != "cn-hangzhou") Assert.Single(await world.ImagesAsync(region));
            Assert.True((await guest.OkAsync("DescribeImages", ("RegionId", region), ("ImageOwnerAlias", "others"))).TotalCount == 1, $"{where}: {region}");
        }
        Assert.Equal(["PREPARING", "REPAIRING", "BUILDING", "TESTING", "DISTRIBUTING", "RELEASING"], Text(row, "Message").Split('\n').Select(static l => l.Split(':')[0]));
        world.AssertTidy();
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM byte_work"));
    }
}
