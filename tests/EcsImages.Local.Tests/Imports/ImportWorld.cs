using EcsImages.Core;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using EcsImages.Local.Tests.Oss;

namespace EcsImages.Local.Tests.Imports;

/// <summary>An endpoint with a bucket in it, and short words for imports out of it.</summary>
internal sealed class ImportWorld : IAsyncDisposable
{
    public const string BucketName = "import-bucket";

    private ImportWorld(TestEndpoint endpoint, TestClient client, OssClient oss) => (Endpoint, Client, Oss) = (endpoint, client, oss);

    public TestEndpoint Endpoint { get; }

    public TestClient Client { get; }

    public OssClient Oss { get; }

    public static async Task<ImportWorld> StartAsync()
    {
        var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        GiveRole(endpoint, client);
        return new(endpoint, client, await OssClient.WithBucketAsync(endpoint, BucketName));
    }

    /// <summary>Lets the service read the buckets of that account.</summary>
    public static void GiveRole(TestEndpoint endpoint, TestClient client) => endpoint.Arrange(s =>
    {
        var role = new RamRole
        {
            Id = "3" + Ids.UserId()[1..],
            Account = client.Account.AccountId,
            Name = "AliyunECSImageImportDefaultRole",
            Trust = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}""",
        };
        RamRoles.Put(s, role);
        RamRoles.Attach(s, role, RamPolicies.System, "AliyunECSImageImportRolePolicy");
    });

    /// <summary>So many bytes of chance, the same for each seed.</summary>
    public static byte[] Bytes(int length, int seed = 1)
    {
        var bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public async Task PutAsync(string key, byte[] bytes) => Assert.Equal(200, (await Oss.SendAsync("PUT", key, content: bytes)).Status);

    /// <summary>What every import here says, with disks as objects, and what is said besides; a later value of a name wins.</summary>
    public static (string, string)[] Disk(string key, params (string Name, string Value)[] more)
    {
        (string Name, string Value)[] all = [("DiskDeviceMapping.1.OSSBucket", BucketName), ("DiskDeviceMapping.1.OSSObject", key), ("DiskDeviceMapping.1.Format", "RAW"), .. more];
        return [.. all.GroupBy(static p => p.Name).Select(static g => g.Last()).Where(static p => p.Value != "-")];
    }

    public async Task<(string Image, string Task)> ImportAsync(string key, params (string, string)[] more)
    {
        var answer = await Client.OkAsync("ImportImage", Disk(key, more));
        Assert.Equal("cn-hangzhou", answer.Text("RegionId"));
        return (answer.Text("ImageId"), answer.Text("TaskId"));
    }

    public Task RefusedAsync(int status, string code, params (string, string)[] parameters) => Client.RefusedAsync(status, code, "ImportImage", parameters);

    public Task<Answer> TaskAsync(string task) => Client.OkAsync("DescribeTaskAttribute", ("TaskId", task));

    public async Task<string> TaskStatusAsync(string task) => (await TaskAsync(task)).Text("TaskStatus");

    /// <summary>Bytes of an image's disk.</summary>
    public async Task<byte[]> ReadAsync(string image, string device, long offset, int length)
    {
        using var database = Database.Open(new LocalEndpointOptions { Path = Endpoint.Folder, Clock = Endpoint.Clock });
        using var connection = database.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT content_id FROM image_disk WHERE image = $image AND device = $device";
        command.Parameters.AddWithValue("$image", image);
        command.Parameters.AddWithValue("$device", device);
        using var reader = ContentReader.Open(connection, null, new ContentFolder(Path.Combine(Endpoint.Folder, "blobs")), (string)command.ExecuteScalar()!);
        var bytes = new byte[length];
        await reader.ReadAsync(offset, bytes, CancellationToken.None);
        return bytes;
    }

    public async ValueTask DisposeAsync()
    {
        Oss.Dispose();
        Client.Dispose();
        await Endpoint.DisposeAsync();
    }
}
