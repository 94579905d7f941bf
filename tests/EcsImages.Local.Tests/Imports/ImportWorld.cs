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

    public string Region { get; private init; } = "cn-hangzhou";

    public static async Task<ImportWorld> StartAsync(string region = "cn-hangzhou")
    {
        var endpoint = await TestEndpoint.StartAsync();
        var client = await endpoint.ClientAsync();
        GiveRole(endpoint, client);
        GiveRole(endpoint, client, "Export");
        return new(endpoint, client, await OssClient.WithBucketAsync(endpoint, BucketName, region)) { Region = region };
    }

    /// <summary>The world as another process finds it in a copy of its folder.</summary>
    public static async Task<ImportWorld> OnAsync(string folder, string region, DateTimeOffset now)
    {
        var endpoint = await TestEndpoint.OnAsync(folder, now);
        var client = await endpoint.ClientAsync();
        return new(endpoint, client, new OssClient(endpoint.Endpoint, client.Account, endpoint.Clock, BucketName, region)) { Region = region };
    }

    /// <summary>Ends when no more bytes are to be moved.</summary>
    public Task QuietAsync(ILocalEndpoint? endpoint = null) => ((LocalEndpoint)(endpoint ?? Endpoint.Endpoint)).Worker.QuietAsync();

    /// <summary>Waits for the bytes, and lets an hour pass.</summary>
    public async Task FinishAsync()
    {
        await QuietAsync();
        Endpoint.Clock.Advance(TimeSpan.FromHours(1));
    }

    public async Task<string> ExportAsync(string image, params (string, string)[] more) =>
        (await Client.OkAsync("ExportImage", [("RegionId", Region), ("ImageId", image), ("OSSBucket", BucketName), .. more])).Text("TaskId");

    /// <summary>The keys of the objects in the bucket.</summary>
    public async Task<string[]> KeysAsync() => [.. (await Oss.SendAsync("GET", "", "list-type=2")).Xml.Elements("Contents").Select(static c => c.Element("Key")!.Value)];

    /// <summary>Downloads an object, holding it against its size, ETag and CRC-64.</summary>
    public async Task DownloadAsync(string key, string path)
    {
        var answer = await Oss.GetAsync(key);
        Assert.Equal(200, answer.Status);
        await File.WriteAllBytesAsync(path, answer.Bytes);
        Assert.Equal(EcsImages.Core.Oss.Crc64.Append(0, answer.Bytes).ToString(System.Globalization.CultureInfo.InvariantCulture), answer.Headers["x-oss-hash-crc64ecma"]);
#pragma warning disable CA5351 // What the protocol has.
        var parts = answer.Bytes.Chunk(64 << 20).Select(System.Security.Cryptography.MD5.HashData).ToArray();
        Assert.Equal($"\"{Convert.ToHexString(System.Security.Cryptography.MD5.HashData([.. parts.SelectMany(static p => p)]))}-{parts.Length}\"", answer.Headers["ETag"]);
#pragma warning restore CA5351
    }

    /// <summary>That every file of a content belongs to a row that is in use, and nothing is under way.</summary>
    public void AssertTidy()
    {
        Assert.Equal(0, Endpoint.Count("SELECT (SELECT count(*) FROM byte_work) + (SELECT count(*) FROM byte_work_disk) + (SELECT count(*) FROM byte_work_piece)"));
        Assert.Equal(0, Endpoint.Count("SELECT count(*) FROM content WHERE state <> 'live'"));
        Assert.Equal(Endpoint.Count("SELECT count(*) FROM content c WHERE NOT EXISTS (SELECT 1 FROM content_part p WHERE p.content_id = c.id)"),
            Directory.GetFiles(Path.Combine(Endpoint.Folder, "blobs"), "c-*").Length);
    }

    /// <summary>Lets the service read, or write, the buckets of that account.</summary>
    public static void GiveRole(TestEndpoint endpoint, TestClient client, string direction = "Import") => endpoint.Arrange(s =>
    {
        var role = new RamRole
        {
            Id = "3" + Ids.UserId()[1..],
            Account = client.Account.AccountId,
            Name = $"AliyunECSImage{direction}DefaultRole",
            Trust = """{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}""",
        };
        RamRoles.Put(s, role);
        RamRoles.Attach(s, role, RamPolicies.System, $"AliyunECSImage{direction}RolePolicy");
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
        var answer = await Client.OkAsync("ImportImage", Disk(key, [("RegionId", Region), .. more]));
        Assert.Equal(Region, answer.Text("RegionId"));
        return (answer.Text("ImageId"), answer.Text("TaskId"));
    }

    public Task RefusedAsync(int status, string code, params (string, string)[] parameters) => Client.RefusedAsync(status, code, "ImportImage", parameters);

    public Task<Answer> TaskAsync(string task) => Client.OkAsync("DescribeTaskAttribute", ("RegionId", Region), ("TaskId", task));

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
