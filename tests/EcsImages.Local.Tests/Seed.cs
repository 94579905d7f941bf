using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

/// <summary>Instances, disks and snapshots as rows, for tests of what is made from them; and short words for frequent calls.</summary>
internal static class Seed
{
    private const string Region = "cn-hangzhou";

    /// <summary>A running instance of that image with a system disk and, where asked for, a data disk.</summary>
    public static string AddInstance(this TestEndpoint endpoint, TestClient owner, string image, bool withData = false, string outcome = "Running", TimeSpan still = default)
    {
        var id = Ids.Instance(Region);
        var account = owner.Account.AccountId;
        endpoint.Arrange(s =>
        {
            var (vpc, vswitch, now) = (Ids.Vpc(Region), Ids.VSwitch(Region), s.Now.Milliseconds());
            s.Execute("INSERT INTO vpc (id, account, region, cidr, created_at) VALUES ($id, $account, $region, '172.16.0.0/12', $now)",
                ("id", vpc), ("account", account), ("region", Region), ("now", now));
            s.Execute("INSERT INTO vswitch (id, account, region, vpc, zone, cidr, created_at) VALUES ($id, $account, $region, $vpc, 'cn-hangzhou-h', '172.16.0.0/20', $now)",
                ("id", vswitch), ("account", account), ("region", Region), ("vpc", vpc), ("now", now));
            s.Execute(
                """
                INSERT INTO instance (id, account, region, zone, image, instance_type, vswitch, security_groups, created_at, passing, outcome, started_at, duration_ms)
                VALUES ($id, $account, $region, 'cn-hangzhou-h', $image, 'ecs.g7.large', $vswitch, '', $now, 'Pending', $outcome, $now, $still)
                """, ("id", id), ("account", account), ("region", Region), ("image", image), ("vswitch", vswitch), ("now", now), ("outcome", outcome),
                ("still", (long)still.TotalMilliseconds));
            AddDisk(s, account, id, "system", "/dev/xvda", 40, image);
            if (withData) AddDisk(s, account, id, "data", "/dev/xvdb", 100, "");
        });
        return id;
    }

    public static string AddSnapshot(
        this TestEndpoint endpoint, TestClient owner, string type, int size, string sourceImage = "", TimeSpan still = default, bool encrypted = false, string kmsKey = "", string content = "content-1")
    {
        var id = Ids.Snapshot(Region);
        endpoint.Arrange(s => s.Execute(
            """
            INSERT INTO snapshot (id, account, region, source_disk_type, source_image, size_gib, created_at, started_at, duration_ms, encrypted, kms_key, content_id)
            VALUES ($id, $account, $region, $type, $image, $size, $now, $now, $still, $encrypted, $key, $content)
            """, ("id", id), ("account", owner.Account.AccountId), ("region", Region), ("type", type), ("image", sourceImage), ("size", size),
            ("now", s.Now.Milliseconds()), ("still", (long)still.TotalMilliseconds), ("encrypted", encrypted), ("key", kmsKey), ("content", content)));
        return id;
    }

    public static async Task<Answer> OkAsync(this TestClient client, string action, params (string Name, string Value)[] parameters)
    {
        var answer = await client.EcsAsync(action, parameters);
        Assert.True(answer.Status == 200, $"{action}: {answer.Body}");
        return answer;
    }

    /// <summary>Calls, and expects that status and code.</summary>
    public static async Task RefusedAsync(this TestClient client, int status, string code, string action, params (string Name, string Value)[] parameters)
    {
        var answer = await client.EcsAsync(action, parameters);
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    /// <summary>The id of an image that was made.</summary>
    public static async Task<string> CreateAsync(this TestClient client, params (string Name, string Value)[] parameters) =>
        (await client.OkAsync("CreateImage", parameters)).Body.GetProperty("ImageId").GetString()!;

    public static async Task<string> CopyAsync(this TestClient client, Image image, string region, params (string Name, string Value)[] parameters) =>
        (await client.OkAsync("CopyImage", [("ImageId", image.Id), ("DestinationRegionId", region), .. parameters])).Body.GetProperty("ImageId").GetString()!;

    /// <summary>The image as its account sees it, whatever its state.</summary>
    public static async Task<System.Text.Json.JsonElement> ShowAsync(this TestClient client, string id, string region = Region) =>
        Assert.Single((await client.OkAsync("DescribeImages", ("RegionId", region), ("ImageId", id), ("Status", "ALL"))).Images);

    public static async Task<string?> StatusAsync(this TestClient client, string id, string region = Region) =>
        (await client.ShowAsync(id, region)).GetProperty("Status").GetString();

    /// <summary>One number from the store.</summary>
    public static long Count(this TestEndpoint endpoint, string sql, params (string, object?)[] values)
    {
        var count = 0L;
        endpoint.Arrange(s => count = s.Scalar<long>(sql, values));
        return count;
    }

    /// <summary>Ready images of that number, each changed as its index says.</summary>
    public static void AddImages(this TestEndpoint endpoint, TestClient owner, int count, Func<Image, int, Image> change) => endpoint.Arrange(s =>
    {
        for (var i = 0; i < count; i++)
            ImageRows.Insert(s, change(new Image
            {
                Id = Ids.Image(Region),
                Name = $"many-{i}",
                Owner = owner.Account.AccountId,
                RegionId = Region,
                SizeGiB = 40,
                CreatedAt = s.Now,
                StartedAt = s.Now,
            }, i));
    });

    private static void AddDisk(Session store, string account, string instance, string type, string device, int size, string image) => store.Execute(
        """
        INSERT INTO disk (id, account, region, zone, type, category, size_gib, instance, device, image, created_at, started_at, duration_ms, content_id)
        VALUES ($id, $account, $region, 'cn-hangzhou-h', $type, 'cloud_essd', $size, $instance, $device, $image, $now, $now, 0, $content)
        """, ("id", Ids.Disk(Region)), ("account", account), ("region", Region), ("type", type), ("size", size), ("instance", instance), ("device", device),
        ("image", image), ("now", store.Now.Milliseconds()), ("content", $"content-{type}"));
}
