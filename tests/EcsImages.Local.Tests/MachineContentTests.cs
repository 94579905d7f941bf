using System.Diagnostics;
using EcsImages.Core;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class MachineContentTests
{
    [Fact]
    public async Task The_system_disk_of_a_public_image_has_a_partition_table_and_a_snapshot_shares_its_content()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var instance = await LaunchPublicAsync(client);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var disk = (await client.EcsAsync("DescribeDisks", ("InstanceId", instance))).List("Disks")[0].GetProperty("DiskId").GetString()!;
        var snapshot = (await client.CallAsync("CreateSnapshot", ("DiskId", disk))).Text("SnapshotId");
        var sector = await ReadAsync(endpoint, $"SELECT content_id FROM disk WHERE id = '{disk}'", 512);
        Assert.Equal((0x55, 0xAA), (sector[510], sector[511]));
        Assert.Equal(ContentOf(endpoint, $"SELECT content_id FROM disk WHERE id = '{disk}'"), ContentOf(endpoint, $"SELECT content_id FROM snapshot WHERE id = '{snapshot}'"));

        Assert.Equal(200, (await client.CallAsync("DeleteInstance", ("InstanceId", instance), ("Force", "true"))).Status);
        Assert.Single(Blobs(endpoint));
        Assert.Equal(200, (await client.CallAsync("DeleteSnapshot", ("SnapshotId", snapshot))).Status);
        Assert.Empty(Blobs(endpoint));
        await LaunchPublicAsync(client);
        Assert.Single(Blobs(endpoint));
    }

    [Fact]
    public async Task An_empty_data_disk_has_no_content_and_one_from_a_snapshot_shares_it()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        await client.RunAsync(("ImageId", endpoint.AddImage(client, "web").Id), ("DataDisk.1.Size", "20"));
        Assert.Null(ContentOf(endpoint, "SELECT content_id FROM disk WHERE type = 'data'"));
    }

    [Fact]
    public async Task Two_endpoints_of_one_process_share_a_folder_while_both_launch_and_delete()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var first = await endpoint.ClientAsync();
        using var second = await endpoint.ClientAsync("main", await endpoint.OpenAsync());
        var ids = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => LaunchPublicAsync(i % 2 == 0 ? first : second)));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        var third = await endpoint.OpenAsync();
        Assert.Single(Blobs(endpoint));
        var answers = await Task.WhenAll(ids.Select((id, i) => (i % 2 == 0 ? second : first).CallAsync("DeleteInstance", ("InstanceId", id), ("Force", "true"))));
        Assert.All(answers, static a => Assert.Equal(200, a.Status));
        await third.DisposeAsync();
        await endpoint.Endpoint.DisposeAsync();
        using var last = await endpoint.ClientAsync("main", await endpoint.OpenAsync());
        await LaunchPublicAsync(last);
        Assert.Single(Blobs(endpoint));
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_once_the_endpoint_is_closed()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        Assert.Equal("DryRunOperation", (await client.EcsAsync("RunInstances", ("ImageId", await PublicImageAsync(client)), ("InstanceType", "ecs.g6.large"), ("DryRun", "true"))).Code);
        await endpoint.Endpoint.DisposeAsync();
        Assert.Empty(Blobs(endpoint));
    }

    [Fact]
    public async Task Launching_and_listing_on_a_new_folder_take_well_under_half_a_second()
    {
        await using (var warm = await TestEndpoint.StartAsync())
        {
            using var client = await warm.ClientAsync();
            await LaunchPublicAsync(client);
        }
        var best = TimeSpan.MaxValue;
        for (var i = 0; i < 3; i++)
        {
            var watch = Stopwatch.StartNew();
            await using var endpoint = await TestEndpoint.StartAsync();
            using var client = await endpoint.ClientAsync();
            await LaunchPublicAsync(client);
            Assert.Equal(1, (await client.EcsAsync("DescribeInstances")).TotalCount);
            best = watch.Elapsed < best ? watch.Elapsed : best;
        }
        Assert.True(best < TimeSpan.FromMilliseconds(500), $"The best of three took {best.TotalMilliseconds:F0} ms.");
    }

    private static async Task<string> LaunchPublicAsync(TestClient client) => await client.RunAsync(("ImageId", await PublicImageAsync(client)));

    private static async Task<string> PublicImageAsync(TestClient client) => (await client.EcsAsync("DescribeImages",
        ("ImageOwnerAlias", "system"), ("OSType", "linux"), ("InstanceType", "ecs.g6.large"))).Images[0].GetProperty("ImageId").GetString()!;

    private static string? ContentOf(TestEndpoint endpoint, string sql)
    {
        string? id = null;
        endpoint.Arrange(s => id = s.Scalar<string>(sql));
        return id;
    }

    private static async Task<byte[]> ReadAsync(TestEndpoint endpoint, string sql, int length)
    {
        using var database = Database.Open(new LocalEndpointOptions { Path = endpoint.Folder, Clock = endpoint.Clock });
        using var connection = database.Connect();
        using var reader = ContentReader.Open(connection, null, new ContentFolder(Path.Combine(endpoint.Folder, "blobs")), ContentOf(endpoint, sql)!);
        var bytes = new byte[length];
        await reader.ReadAsync(0, bytes, CancellationToken.None);
        return bytes;
    }

    private static string[] Blobs(TestEndpoint endpoint) => Directory.GetFiles(Path.Combine(endpoint.Folder, "blobs"), "c-*");
}
