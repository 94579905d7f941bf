namespace EcsImages.Local.Tests;

public sealed class TagTests
{
    [Fact]
    public async Task Tags_are_put_on_and_taken_off_images_instances_disks_and_snapshots()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        var instance = endpoint.AddInstance(client, image);
        var disk = "";
        endpoint.Arrange(s => disk = s.Scalar<string>("SELECT id FROM disk")!);
        foreach (var (type, id) in ((string, string)[])[("image", image), ("instance", instance), ("disk", disk), ("snapshot", endpoint.AddSnapshot(client, "system", 40))])
        {
            await client.OkAsync("TagResources", ("ResourceType", type), ("ResourceId.1", id), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"), ("Tag.2.Key", "team"));
            await client.OkAsync("TagResources", ("ResourceType", type), ("ResourceId.1", id), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"));
            Assert.Equal([("env", "test"), ("team", "")], await TagsAsync(client, type, id));
            await client.OkAsync("UntagResources", ("ResourceType", type), ("ResourceId.1", id), ("TagKey.1", "env"), ("All", "true"));
            Assert.Equal([("team", "")], await TagsAsync(client, type, id));
            await client.OkAsync("UntagResources", ("ResourceType", type), ("ResourceId.1", id), ("All", "true"));
            Assert.Empty(await TagsAsync(client, type, id));
        }
    }

    [Fact]
    public async Task Tags_of_pipelines_and_components_are_those_that_they_were_made_with_and_change_alike()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] made = [("Tag.1.Key", "env"), ("Tag.1.Value", "prod")];
        var pipeline = (await client.OkAsync("CreateImagePipeline", [("BaseImageType", "IMAGE"), ("BaseImage", endpoint.AddImage(client, "web").Id), .. made])).Text("ImagePipelineId");
        var component = (await client.OkAsync("CreateImageComponent", [("Content", "RUN yum update -y"), .. made])).Text("ImageComponentId");
        foreach (var (type, id) in ((string, string)[])[("imagepipeline", pipeline), ("imagecomponent", component)])
        {
            Assert.Equal([("env", "prod")], await TagsAsync(client, type, id));
            await client.OkAsync("TagResources", ("ResourceType", type), ("ResourceId.1", id), ("Tag.1.Key", "team"));
            await client.OkAsync("UntagResources", ("ResourceType", type), ("ResourceId.1", id), ("TagKey.1", "env"));
            Assert.Equal([("team", "")], await TagsAsync(client, type, id));
        }
        Assert.Equal(1, (await client.OkAsync("DescribeImagePipelines", ("Tag.1.Key", "team"))).TotalCount);
        await client.RefusedAsync(404, "InvalidResourceId.NotFound", "TagResources", ("ResourceType", "imagecomponent"), ("ResourceId.1", pipeline), ("Tag.1.Key", "k"));
    }

    [Fact]
    public async Task Tags_of_an_image_show_to_its_owner_and_filter_images()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (web, db) = (endpoint.AddImage(client, "web").Id, endpoint.AddImage(client, "db").Id);
        await client.OkAsync("TagResources", ("ResourceType", "image"), ("ResourceId.1", web), ("ResourceId.2", db), ("Tag.1.Key", "env"), ("Tag.1.Value", "prod"));
        await client.OkAsync("TagResources", ("ResourceType", "image"), ("ResourceId.1", db), ("Tag.1.Key", "tier"), ("Tag.1.Value", "data"));
        Assert.Equal(2, (await client.OkAsync("DescribeImages", ("Tag.1.Key", "env"))).TotalCount);
        Assert.Equal(db, Assert.Single((await client.OkAsync("DescribeImages", ("Tag.1.Key", "env"), ("Tag.2.Key", "tier"))).Images).GetProperty("ImageId").GetString());
        Assert.Equal(3, await CountAsync(client, ("Tag.1.Key", "env")));
        Assert.Equal(2, await CountAsync(client, ("TagFilter.1.TagKey", "tier"), ("TagFilter.1.TagValues.1", "other"), ("TagFilter.1.TagValues.2", "data")));
        Assert.Equal(0, await CountAsync(client, ("Tag.1.Key", "env"), ("Tag.1.Value", "test")));
    }

    [Fact]
    public async Task A_long_list_comes_in_pages_that_hold_every_tag_once()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        (string, string)[] tags = [("ResourceType", "image"), .. Enumerable.Range(1, 20).Select(static n => ($"Tag.{n}.Key", $"k{n:00}"))];
        for (var i = 0; i < 7; i++) await client.OkAsync("TagResources", [("ResourceId.1", endpoint.AddImage(client, $"web-{i}").Id), .. tags]);
        var seen = new List<string>();
        for (var token = ""; ;)
        {
            var answer = await client.OkAsync("ListTagResources", ("ResourceType", "image"), ("Tag.1.Key", "k01"), ("NextToken", token));
            seen.AddRange(Rows(answer).Select(static r => r.GetProperty("ResourceId").GetString() + r.GetProperty("TagKey").GetString()));
            token = answer.Body.GetProperty("NextToken").GetString()!;
            if (token.Length == 0) break;
        }
        Assert.Equal((140, 140), (seen.Count, seen.Distinct().Count()));
    }

    [Theory]
    [InlineData("TagResources", "Tag.1.Key=k", 404, "MissingParameter.ResourceIds")]
    [InlineData("TagResources", "ResourceId.1={own}", 404, "MissingParameter.Tags")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=k&ResourceType=", 404, "MissingParameter.ResourceType")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=k&ResourceType=castle", 404, "InvalidResourceType.NotFound")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=k&ResourceType=disk", 404, "InvalidResourceId.NotFound")]
    [InlineData("TagResources", "ResourceId.1={own}&ResourceId.2=m-none&Tag.1.Key=k", 404, "InvalidResourceId.NotFound")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=aliyun1", 400, "InvalidTagKey.Malformed")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=k&Tag.1.Value=acs:x", 400, "InvalidTagValue.Malformed")]
    [InlineData("TagResources", "ResourceId.1={own}&Tag.1.Key=k&Tag.2.Key=k", 400, "Duplicate.TagKey")]
    [InlineData("TagResources", "RegionId=xx-none&ResourceId.1={own}&Tag.1.Key=k", 404, "InvalidRegionId.NotFound")]
    [InlineData("UntagResources", "All=true", 404, "MissingParameter.ResourceIds")]
    [InlineData("UntagResources", "ResourceId.1={own}", 404, "MissingParameter.Tags")]
    [InlineData("UntagResources", "ResourceId.1={own}&TagKey.1=k&TagKey.2=k", 400, "Duplicate.TagKey")]
    [InlineData("UntagResources", "ResourceId.1=m-none&All=true", 404, "InvalidResourceId.NotFound")]
    [InlineData("ListTagResources", "", 403, "BothEmpty.TagsAndResources")]
    [InlineData("ListTagResources", "ResourceId.1=m-none", 404, "InvalidResourceId.NotFound")]
    [InlineData("ListTagResources", "ResourceId.1={own}&NextToken=abc", 403, "Invalid.NextToken")]
    [InlineData("ListTagResources", "Tag.1.Value=x", 400, "InvalidTag.Mismatch")]
    [InlineData("ListTagResources", "TagFilter.1.TagValues.1=x", 403, "InvalidTagFilter.Malformed")]
    public async Task A_wrong_call_has_the_services_code_and_tags_nothing(string operation, string query, int status, string code)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var given = query.Replace("{own}", endpoint.AddImage(client, "web").Id).Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(static p => p.Split('=', 2)).ToDictionary(static p => p[0], static p => p[1]);
        given.TryAdd("ResourceType", "image");
        await client.RefusedAsync(status, code, operation, [.. given.Select(static p => (p.Key, p.Value))]);
        Assert.Equal(0, endpoint.Count("SELECT count(*) FROM tag"));
    }

    [Fact]
    public async Task Fifty_ids_and_twenty_tags_are_the_most()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        endpoint.AddImages(client, 51, static (i, n) => i);
        var ids = new List<string>();
        endpoint.Arrange(s => ids = s.List("SELECT id FROM image", static r => r.GetString(0)));
        (string, string)[] all = [("ResourceType", "image"), .. ids.Select(static (id, i) => ($"ResourceId.{i + 1}", id))];
        await client.RefusedAsync(400, "NumberExceed.ResourceIds", "TagResources", [.. all, ("Tag.1.Key", "k")]);
        await client.RefusedAsync(400, "NumberExceed.ResourceIds", "UntagResources", [.. all, ("All", "true")]);
        await client.OkAsync("TagResources", [.. all[..^1], ("Tag.1.Key", "k")]);
        await client.RefusedAsync(400, "NumberExceed.Tags", "TagResources", [.. all[..2], .. Enumerable.Range(1, 21).Select(static n => ($"Tag.{n}.Key", $"t{n}"))]);
        await client.RefusedAsync(400, "NumberExceed.Tags", "UntagResources", [.. all[..2], .. Enumerable.Range(1, 21).Select(static n => ($"TagKey.{n}", $"t{n}"))]);
        await client.RefusedAsync(403, "QuotaExceed.Tags", "TagResources", [.. all[..2], .. Enumerable.Range(1, 20).Select(static n => ($"Tag.{n}.Key", $"t{n}"))]);
    }

    private static async Task<IEnumerable<(string?, string?)>> TagsAsync(TestClient client, string type, string id) =>
        Rows(await client.OkAsync("ListTagResources", ("ResourceType", type), ("ResourceId.1", id)))
            .Select(static r => (r.GetProperty("TagKey").GetString(), r.GetProperty("TagValue").GetString()));

    private static async Task<int> CountAsync(TestClient client, params (string, string)[] parameters) =>
        Rows(await client.OkAsync("ListTagResources", [("ResourceType", "image"), .. parameters])).Length;

    private static System.Text.Json.JsonElement[] Rows(Answer answer) => [.. answer.Body.GetProperty("TagResources").GetProperty("TagResource").EnumerateArray()];
}
