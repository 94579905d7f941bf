using System.Text.Json;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

/// <summary>What the endpoint refuses, what it lists, what the rules say, and what the data says, are one thing.</summary>
public sealed class CompatibilityTests
{
    private static readonly string[] Outcomes = ["DryRunOperation", "InvalidInstanceType.NotSupported", "ImageNotSupportInstanceType"];
    private static readonly DateOnly Today = new(2026, 11, 23);

    [Theory]
    // Rule 20.
    [InlineData("Architecture=arm64 BootMode=UEFI", "ecs.g7.large", "InvalidInstanceType.NotSupported", 400)]
    [InlineData("Architecture=x86_64", "ecs.g8y.large", "InvalidInstanceType.NotSupported", 400)]
    // Rule 17.
    [InlineData("Architecture=i386 BootMode=BIOS", "ecs.g6.large", "ImageNotSupportInstanceType", 403)]
    [InlineData("Architecture=i386 BootMode=BIOS", "ecs.c6.large", "ImageNotSupportInstanceType", 403)]
    [InlineData("Architecture=i386 BootMode=BIOS", "ecs.t5-lc1m2.small", "DryRunOperation", 400)]
    // Rule 18: no refusal.
    [InlineData("Architecture=x86_64", "ecs.t5-lc2m1.nano", "DryRunOperation", 400)]
    // Rule 19.
    [InlineData("OsType=windows", "ecs.t5-lc2m1.nano", "ImageNotSupportInstanceType", 403)]
    [InlineData("OsType=windows", "ecs.t5-lc1m1.small", "DryRunOperation", 400)]
    // Rule 26.
    [InlineData("BootMode=BIOS", "ecs.g6t.large", "ImageNotSupportInstanceType", 403)]
    [InlineData("BootMode=UEFI", "ecs.g6a.large", "ImageNotSupportInstanceType", 403)]
    [InlineData("BootMode=UEFI-Preferred", "ecs.g6t.large", "DryRunOperation", 400)]
    [InlineData("BootMode=UEFI-Preferred", "ecs.g6a.large", "DryRunOperation", 400)]
    // Rule 34.
    [InlineData("Nvme=unsupported", "ecs.g8i.large", "ImageNotSupportInstanceType", 403)]
    [InlineData("Nvme=supported", "ecs.g8i.large", "DryRunOperation", 400)]
    // Rule 82.
    [InlineData("Outcome=Deprecated", "ecs.g7.large", "DryRunOperation", 400)]
    [InlineData("Outcome=CreateFailed", "ecs.g7.large", "IncorrectImageStatus", 400)]
    [InlineData("Outcome=UnAvailable", "ecs.g7.large", "IncorrectImageStatus", 400)]
    public async Task A_launch_is_refused_with_the_code_of_the_service(string traits, string type, string code, int status)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "own", i => traits.Split(' ').Select(static t => t.Split('=')).Aggregate(i, static (changed, t) => t[0] switch
        {
            "Architecture" => changed with { Architecture = t[1] },
            "BootMode" => changed with { BootMode = t[1] },
            "OsType" => changed with { OsType = t[1] },
            "Nvme" => changed with { Nvme = t[1] },
            _ => changed with { Outcome = t[1] },
        }));
        await client.RefusedAsync(status, code, "RunInstances", ("ImageId", image.Id), ("InstanceType", type), ("DryRun", "true"));
    }

    [Theory]
    // Rules 37 and 38.
    [InlineData("cloud_essd", "PL2", "460", "InvalidSystemDiskSize.LessThanMinSize")]
    [InlineData("cloud_essd", "PL2", "461", "DryRunOperation")]
    [InlineData("cloud_essd", "PL3", "1260", "InvalidSystemDiskSize.LessThanMinSize")]
    [InlineData("cloud", null, "501", "InvalidSystemDiskSize.MoreThanMaxSize")]
    [InlineData("cloud_auto", null, "39", "InvalidSystemDiskSize.LessThanImageSize")]
    [InlineData("cloud_auto", null, "40", "DryRunOperation")]
    public async Task A_system_disk_has_the_size_that_its_category_allows(string category, string? level, string size, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] disk = [("SystemDisk.Category", category), ("SystemDisk.Size", size), .. level is null ? Array.Empty<(string, string)>() : [("SystemDisk.PerformanceLevel", level)]];
        var answer = await client.EcsAsync("RunInstances",
            [("ImageId", endpoint.AddImage(client, "own").Id), ("InstanceType", "ecs.g7.large"), ("DryRun", "true"), .. disk]);
        Assert.Equal(code, answer.Code);
    }

    [Fact]
    public async Task List_rules_and_data_agree_on_every_image_and_type_of_the_catalog()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var types = await TypesAsync(client);
        var restricted = Restricted();
        var (images, pairs, starts) = (0, 0, 0);
        foreach (var json in await CatalogAsync(client))
        {
            images++;
            var image = ImageReading.Read(json.Deserialize(EcsJson.Default.ImageReply)!, "cn-hangzhou", "1", Today);
            var listed = await ListedAsync(client, image.ImageId);
            foreach (var (data, type) in types)
            {
                pairs++;
                var expected = Expected(json, restricted.GetValueOrDefault(image.ImageId), data);
                var byRules = CompatibilityRules.Judge(image, type, new() { Today = Today }).Rules.All(static r => !r.Blocks || r.Id == "Subscription");
                Assert.True(expected == byRules, $"{image.ImageId} on {type.InstanceType}: the data says {expected}, the rules {byRules}.");
                Assert.True(expected == listed.Contains(type.InstanceType), $"{image.ImageId} on {type.InstanceType}: the data says {expected}, the list does not.");
                if (expected) starts++;
            }
        }
        // Neither side may be empty, or the agreement says nothing.
        Assert.True(images > 140 && types.Count == 296 && starts > 10_000 && pairs - starts > 10_000, $"{images} images, {types.Count} types, {starts} of {pairs} pairs.");
    }

    [Fact]
    public async Task A_launch_is_refused_where_the_list_leaves_a_type_out()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var types = (await TypesAsync(client)).Select(static t => t.Type.InstanceType).ToArray();
        var launches = 0;
        foreach (var json in (await CatalogAsync(client)).Where(static i => i.GetProperty("ImageOwnerAlias").GetString() == "system"))
        {
            var id = json.GetProperty("ImageId").GetString()!;
            var listed = await ListedAsync(client, id);
            foreach (var type in types.Where(listed.Contains).Take(1).Concat(types.Where(t => !listed.Contains(t)).Chunk(60).Select(static some => some[0])))
            {
                var code = (await client.EcsAsync("RunInstances", ("ImageId", id), ("InstanceType", type), ("DryRun", "true"))).Code;
                Assert.Equal((type, listed.Contains(type)), (type, code == "DryRunOperation"));
                Assert.Contains(code, Outcomes);
                launches++;
            }
        }
        Assert.True(launches > 300, $"{launches} launches.");
    }

    [Fact]
    public async Task Own_images_are_listed_for_a_type_as_types_are_listed_for_an_image()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        string[] architectures = ["x86_64", "i386", "arm64"], modes = ["BIOS", "UEFI", "UEFI-Preferred"], systems = ["linux", "windows"], nvme = ["supported", "unsupported"];
        var images = (from a in architectures
                      from m in modes
                      from s in systems
                      from n in nvme
                      select endpoint.AddImage(client, $"{a}-{m}-{s}-{n}", i => i with { Architecture = a, BootMode = m, OsType = s, Nvme = n })).ToArray();
        var typesOf = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var image in images) typesOf[image.Id] = await ListedAsync(client, image.Id);
        foreach (var (_, type) in await TypesAsync(client))
        {
            var listed = (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("InstanceType", type.InstanceType), ("PageSize", "100"))).Images;
            Assert.Equal(images.Where(i => typesOf[i.Id].Contains(type.InstanceType)).Select(static i => i.Name).Order(StringComparer.Ordinal),
                listed.Select(static i => i.GetProperty("ImageName").GetString()!).Order(StringComparer.Ordinal));
        }
    }

    // Written from the documentation alone, and from the fields of the data files.
    private static bool Expected(JsonElement image, string[]? families, JsonElement type)
    {
        string Of(string name) => image.GetProperty(name).GetString()!;
        var modes = type.GetProperty("SupportedBootModes").EnumerateArray().Select(static m => m.GetString());
        var isWindows = Of("OSType") == "windows";
        var family = type.GetProperty("InstanceTypeFamily").GetString()!;
        return (Of("Architecture") == "arm64") == (type.GetProperty("CpuArchitecture").GetString() == "ARM")
            && (Of("Architecture") != "i386" || type.GetProperty("Supports32BitImage").GetBoolean())
            && !(Of("Architecture") == "i386" && isWindows && type.GetProperty("CpuCoreCount").GetInt32() > 4)
            && !(isWindows && type.GetProperty("MemorySize").GetDouble() < 1)
            && (Of("BootMode") == "UEFI-Preferred" || modes.Contains(Of("BootMode")))
            && (type.GetProperty("NvmeSupport").GetString() == "unsupported" || image.GetProperty("Features").GetProperty("NvmeSupport").GetString() == "supported")
            && (families is null || families.Any(f => f[^1] == '*' ? family.StartsWith(f[..^1], StringComparison.Ordinal) : f == family));
    }

    private static async Task<List<(JsonElement Data, EcsInstanceType Type)>> TypesAsync(TestClient client)
    {
        var data = Embedded("instance-types.json").GetProperty("instanceTypes").EnumerateArray().ToDictionary(static t => t.GetProperty("InstanceTypeId").GetString()!, StringComparer.Ordinal);
        var answer = await client.OkAsync("DescribeInstanceTypes");
        return [.. answer.List("InstanceTypes").Select(t => MachineReading.Read(t.Deserialize(EcsJson.Default.InstanceTypeReply)!, "cn-hangzhou", "1")).Select(t => (data[t.InstanceType], t))];
    }

    private static async Task<List<JsonElement>> CatalogAsync(TestClient client)
    {
        var images = new List<JsonElement>();
        foreach (var kind in new[] { "system", "marketplace", "others" })
            for (var page = 1; ; page++)
            {
                var answer = await client.OkAsync("DescribeImages", [("ImageOwnerAlias", kind), ("PageSize", "100"), ("PageNumber", $"{page}"),
                    .. kind == "others" ? [("IsPublic", "true")] : Array.Empty<(string, string)>()]);
                images.AddRange(answer.Images);
                if (answer.Images.Count < 100) break;
            }
        return images;
    }

    private static Dictionary<string, string[]> Restricted() => Embedded("images.json").GetProperty("images").EnumerateArray()
        .Where(static i => i.TryGetProperty("InstanceFamilies", out _))
        .ToDictionary(static i => i.GetProperty("ImageId").GetString()!, static i => i.GetProperty("InstanceFamilies").EnumerateArray().Select(static f => f.GetString()!).ToArray(), StringComparer.Ordinal);

    private static JsonElement Embedded(string file)
    {
        using var stream = typeof(Image).Assembly.GetManifestResourceStream("catalog/" + file)!;
        using var json = JsonDocument.Parse(stream);
        return json.RootElement.Clone();
    }

    private static async Task<HashSet<string>> ListedAsync(TestClient client, string imageId) =>
        (await client.OkAsync("DescribeImageSupportInstanceTypes", ("ImageId", imageId))).List("InstanceTypes")
            .Select(static t => t.GetProperty("InstanceTypeId").GetString()!).ToHashSet(StringComparer.Ordinal);
}
