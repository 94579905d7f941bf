using EcsImages.Local.Ecs;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests;

public sealed class DescribeImagesTests
{
    [Fact]
    public async Task Without_an_alias_own_images_come_first_and_then_public_ones()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var own = endpoint.AddImage(client, "web");
        var answer = await client.EcsAsync("DescribeImages");
        Assert.Equal(own.Id, answer.Images[0].GetProperty("ImageId").GetString());
        Assert.Equal("self", answer.Images[0].GetProperty("ImageOwnerAlias").GetString());
        Assert.Equal("system", answer.Images[1].GetProperty("ImageOwnerAlias").GetString());
        Assert.Equal(10, answer.Images.Count);
    }

    [Fact]
    public async Task Pages_hold_every_image_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        for (var i = 0; i < 13; i++) endpoint.AddImage(client, $"web-{i}");
        var ids = new List<string>();
        int total;
        for (var page = 1; ; page++)
        {
            var answer = await client.EcsAsync("DescribeImages", ("PageNumber", $"{page}"), ("PageSize", "9"));
            total = answer.TotalCount;
            if (answer.Images.Count == 0) break;
            ids.AddRange(answer.Images.Select(static i => i.GetProperty("ImageId").GetString()!));
        }
        Assert.Equal(total, ids.Count);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.True(total > 100);
    }

    [Fact]
    public async Task An_image_in_the_making_shows_only_when_asked_for_until_it_is_ready()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "web", static i => i with { Duration = TimeSpan.FromSeconds(10) });
        Assert.Equal(0, (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
        endpoint.Clock.Advance(TimeSpan.FromSeconds(4));
        var image = Assert.Single((await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", "Creating,Waiting"))).Images);
        Assert.Equal(("Creating", "40%"), (image.GetProperty("Status").GetString(), image.GetProperty("Progress").GetString()));
        endpoint.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(1, (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
        Assert.Equal(0, (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", "Creating"))).TotalCount);
    }

    [Fact]
    public async Task The_count_kept_by_outcome_is_the_number_of_rows()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var start = endpoint.Clock.Now;
        endpoint.AddImage(client, "ready");
        endpoint.AddImage(client, "old", static i => i with { Outcome = ImageState.Deprecated });
        endpoint.AddImage(client, "failing", i => i with { Outcome = ImageState.CreateFailed, Duration = TimeSpan.FromSeconds(5) });
        endpoint.AddImage(client, "queued", static i => i with { StartedAt = null });
        foreach (var status in (string[])[.. ImageState.All, "ALL", "Available,Deprecated,Waiting"])
        {
            var counted = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", status));
            Assert.Equal(counted.Images.Count, counted.TotalCount);
        }
        Assert.Equal(4, (await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", "ALL"))).TotalCount);
    }

    [Theory]
    [InlineData("true", "ALL", "old", "ready")]
    [InlineData("false", "ALL", "broken", "failed", "making", "queued")]
    [InlineData("true", "Creating,Available", "ready")]
    [InlineData("false", "Creating", "making")]
    [InlineData("true", "Creating")]
    [InlineData("false", "Available,Deprecated")]
    public async Task Usable_are_those_that_an_instance_could_be_made_of(string usable, string status, params string[] names)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImage(client, "ready");
        endpoint.AddImage(client, "old", static i => i with { Outcome = ImageState.Deprecated });
        endpoint.AddImage(client, "broken", static i => i with { Outcome = ImageState.UnAvailable });
        endpoint.AddImage(client, "failed", static i => i with { Outcome = ImageState.CreateFailed });
        endpoint.AddImage(client, "making", static i => i with { Duration = TimeSpan.FromMinutes(1) });
        endpoint.AddImage(client, "queued", static i => i with { StartedAt = null });
        var answer = await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"), ("Status", status), ("Usable", usable));
        Assert.Equal(names, answer.Images.Select(static i => i.GetProperty("ImageName").GetString()).Order(StringComparer.Ordinal));
        Assert.Equal(names.Length, answer.TotalCount);
        Assert.All(answer.Images, i => Assert.Equal(usable == "true", i.GetProperty("Usable").GetBoolean()));
    }

    [Fact]
    public async Task Public_images_are_usable_and_those_of_the_Marketplace_are_not_since_nobody_subscribes()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        Assert.Equal((true, false), (await AnyAsync("system", "true"), await AnyAsync("system", "false")));
        Assert.Equal((false, true), (await AnyAsync("marketplace", "true"), await AnyAsync("marketplace", "false")));

        async Task<bool> AnyAsync(string alias, string usable) =>
            (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", alias), ("Status", "Available"), ("Usable", usable))).TotalCount > 0;
    }

    [Fact]
    public async Task Another_account_sees_an_image_only_once_it_is_shared()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var owner = await endpoint.ClientAsync("owner");
        using var guest = await endpoint.ClientAsync("guest");
        var image = endpoint.AddImage(owner, "web");
        Assert.Equal(0, (await guest.EcsAsync("DescribeImages", ("ImageId", image.Id))).TotalCount);
        endpoint.Arrange(s => s.Execute("INSERT INTO image_share VALUES ($image, $account, 'cn-hangzhou', 0)", ("image", image.Id), ("account", guest.Account.AccountId)));
        var shared = Assert.Single((await guest.EcsAsync("DescribeImages", ("ImageOwnerAlias", "others"))).Images);
        Assert.Equal("others", shared.GetProperty("ImageOwnerAlias").GetString());
        Assert.Equal("true", Assert.Single((await owner.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))).Images).GetProperty("IsSelfShared").GetString());
    }

    [Fact]
    public async Task Community_and_marketplace_images_come_only_when_asked_for()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var plain = await client.EcsAsync("DescribeImages", ("ImageName", "illus"));
        Assert.Equal(0, plain.TotalCount);
        Assert.True((await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "marketplace"))).TotalCount > 0);
        var community = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "others"), ("IsPublic", "true"));
        Assert.All(community.Images, static i => Assert.True(i.GetProperty("IsPublic").GetBoolean()));
        Assert.NotEmpty(community.Images);
    }

    [Theory]
    [InlineData("ImageName", "web", 2)]
    [InlineData("ImageName", "web-*", 1)]
    [InlineData("ImageName", "[web", 0)]
    [InlineData("ImageFamily", "db", 1)]
    [InlineData("OSType", "windows", 1)]
    [InlineData("Architecture", "arm64", 1)]
    [InlineData("Tag.1.Key", "env", 1)]
    [InlineData("InstanceType", "ecs.g8y.large", 1)]
    [InlineData("Usage", "instance", 0)]
    [InlineData("IsSupportCloudinit", "false", 1)]
    public async Task A_filter_narrows_the_list(string name, string value, int count)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var web = endpoint.AddImage(client, "web-1");
        endpoint.AddImage(client, "my-web", static i => i with { OsType = "windows", CloudInit = false });
        endpoint.AddImage(client, "db", static i => i with { Family = "db", Architecture = "arm64", BootMode = "UEFI", Nvme = "supported" });
        endpoint.Arrange(s => s.Execute("INSERT INTO tag VALUES ('cn-hangzhou', 'image', $id, 'env', 'prod', $account)", ("id", web.Id), ("account", client.Account.AccountId)));
        var answer = await client.EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"), (name, value));
        Assert.Equal((count, count), (answer.TotalCount, answer.Images.Count));
    }

    [Theory]
    [InlineData("ImageOwnerAlias=me", 400, "InvalidImageOwnerAlias.ValueNotSupported")]
    [InlineData("ImageOwnerAlias=self&IsPublic=true", 400, "InvalidImageOwnerAlias.PublicImageUnsupported")]
    [InlineData("ImageOwnerAlias=self&ImageOwnerId=1", 400, "InvalidOperation.ImageOwnerIdUnsupported")]
    [InlineData("Status=Ready", 400, "InvalidParamter")]
    [InlineData("Status=ALL,Available", 400, "InvalidParamter")]
    [InlineData("Usage=often", 404, "InvalidUsage")]
    [InlineData("OSType=beos", 404, "InvalidOSType")]
    [InlineData("Architecture=sparc", 404, "InvalidArchitecture")]
    [InlineData("InstanceType=ecs.none", 400, "InvalidInstanceType.ValueNotSupported")]
    [InlineData("Filter.1.Key=Colour&Filter.1.Value=x", 404, "InvalidFilterKey.NotFound")]
    [InlineData("Filter.1.Key=CreationStartTime&Filter.1.Value=x", 404, "InvalidFilterValue")]
    [InlineData("Filter.1.Key=NetworkType&Filter.1.Value=x", 400, "InvalidFilterValue.NetworkType")]
    [InlineData("Tag.1.Value=x", 400, "InvalidTag.Mismatch")]
    [InlineData("Usable=true", 400, "MissingParameter")]
    public async Task A_wrong_filter_has_the_services_code_and_status(string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var answer = await client.EcsAsync("DescribeImages", [.. query.Split('&').Select(static p => p.Split('=')).Select(static p => (p[0], p[1]))]);
        Assert.Equal((status, code), (answer.Status, answer.Code));
    }

    [Fact]
    public async Task A_family_answers_with_its_newest_available_image()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var first = endpoint.AddImage(client, "web-1", static i => i with { Family = "web" });
        endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        endpoint.AddImage(client, "web-2", static i => i with { Family = "web", Outcome = ImageState.Deprecated });
        var answer = await client.EcsAsync("DescribeImageFromFamily", ("ImageFamily", "web"));
        Assert.Equal(first.Id, answer.Body.GetProperty("Image").GetProperty("ImageId").GetString());
        Assert.False((await client.EcsAsync("DescribeImageFromFamily", ("ImageFamily", "none"))).Body.TryGetProperty("Image", out _));
    }

    [Fact]
    public async Task A_deep_page_is_found_on_the_index_alone()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.Arrange(s =>
        {
            var plan = s.List(
                $"""
                EXPLAIN QUERY PLAN SELECT key FROM image WHERE account = $account AND region = $region AND {ImageSearch.StatusIn(["Available"])}
                ORDER BY created_at DESC, id LIMIT 10 OFFSET 50000
                """, static r => r.GetString(3), ("account", "a"), ("region", "r"), ("now", 1));
            Assert.Contains(plan, static p => p.Contains("COVERING INDEX image_own", StringComparison.Ordinal));
            Assert.DoesNotContain(plan, static p => p.Contains("TEMP B-TREE", StringComparison.Ordinal));
        });
    }
}
