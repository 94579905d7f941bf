using System.Text.Json;

namespace EcsImages.Local.Tests;

public sealed class OldTagTests
{
    [Fact]
    public async Task The_older_operations_work_on_the_same_tags_as_the_newer_ones()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var (image, snapshot) = (endpoint.AddImage(client, "web").Id, endpoint.AddSnapshot(client, "system", 40));
        foreach (var (type, id) in ((string, string)[])[("image", image), ("snapshot", snapshot)])
            await client.OkAsync("AddTags", ("ResourceType", type), ("ResourceId", id), ("Tag.1.Key", "env"), ("Tag.1.Value", "test"), ("Tag.2.Key", "team"));
        await client.OkAsync("AddTags", ("ResourceType", "image"), ("ResourceId", image), ("Tag.1.Key", "team"), ("Tag.1.Value", "b"));
        Assert.Equal([("env", "test"), ("team", "b")], await TagsAsync(client, image));
        var pairs = (await client.OkAsync("DescribeTags")).List("Tags");
        Assert.Equal([("env", "test", 1, 1, 0), ("team", "", 0, 1, 0), ("team", "b", 1, 0, 0)], pairs.Select(Row));
        Assert.Equal(2, (await client.OkAsync("DescribeTags", ("ResourceType", "snapshot"), ("ResourceId", snapshot))).TotalCount);
        Assert.Equal(2, (await client.OkAsync("DescribeTags", ("Tag.1.Key", "team"))).TotalCount);
        Assert.Single((await client.OkAsync("DescribeTags", ("PageSize", "2"), ("PageNumber", "2"))).List("Tags"));
        await client.OkAsync("RemoveTags", ("ResourceType", "image"), ("ResourceId", image), ("Tag.1.Key", "env"), ("Tag.1.Value", "other"), ("Tag.2.Key", "team"));
        Assert.Equal([("env", "test")], await TagsAsync(client, image));
    }

    [Theory]
    [InlineData("AddTags", 404, "InvalidResourceType.NotFound", "ResourceType=planet")]
    [InlineData("AddTags", 404, "InvalidResourceId.NotFound", "ResourceId=m-none")]
    [InlineData("AddTags", 400, "MissingParameter", "ResourceId=")]
    [InlineData("AddTags", 400, "InvalidTagKey.Malformed", "Tag.1.Key=acs:x")]
    [InlineData("AddTags", 400, "InvalidTagValue.Malformed", "Tag.1.Value=http://x")]
    [InlineData("AddTags", 400, "Duplicate.TagKey", "Tag.2.Key=env")]
    [InlineData("RemoveTags", 400, "InvalidTagCount", "Tag.1.Key=")]
    [InlineData("DescribeTags", 404, "InvalidResourceType.NotFound", "ResourceType=planet")]
    [InlineData("DescribeTags", 400, "Invalid.TagCategory", "Category=odd")]
    [InlineData("DescribeTags", 400, "InvalidParameter", "PageSize=101")]
    public async Task What_does_not_fit_is_refused_by_its_code(string operation, int status, string code, string change)
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var parameters = new Dictionary<string, string> { ["ResourceType"] = "image", ["ResourceId"] = endpoint.AddImage(client, "web").Id, ["Tag.1.Key"] = "env" };
        parameters[change.Split('=', 2)[0]] = change.Split('=', 2)[1];
        if (code == "InvalidTagCount") parameters.Remove("Tag.1.Key");
        await client.RefusedAsync(status, code, operation, [.. parameters.Select(static p => (p.Key, p.Value))]);
    }

    [Fact]
    public async Task More_than_twenty_are_too_many_for_one_resource()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        using var client = await endpoint.ClientAsync();
        var image = endpoint.AddImage(client, "web").Id;
        await client.OkAsync("AddTags", [("ResourceType", "image"), ("ResourceId", image), .. Enumerable.Range(1, 20).Select(static i => ($"Tag.{i}.Key", $"k{i}"))]);
        await client.RefusedAsync(403, "QuotaExceed.Tags", "AddTags", ("ResourceType", "image"), ("ResourceId", image), ("Tag.1.Key", "one-more"));
    }

    private static (string?, string?, int, int, int) Row(JsonElement pair)
    {
        var counts = pair.GetProperty("ResourceTypeCount");
        return (pair.GetProperty("TagKey").GetString(), pair.GetProperty("TagValue").GetString(), counts.GetProperty("Image").GetInt32(),
            counts.GetProperty("Snapshot").GetInt32(), counts.GetProperty("KeyPair").GetInt32());
    }

    private static async Task<IEnumerable<(string?, string?)>> TagsAsync(TestClient client, string image) =>
        (await client.OkAsync("ListTagResources", ("ResourceType", "image"), ("ResourceId.1", image))).List("TagResources")
            .Select(static t => (t.GetProperty("TagKey").GetString(), t.GetProperty("TagValue").GetString()));
}
