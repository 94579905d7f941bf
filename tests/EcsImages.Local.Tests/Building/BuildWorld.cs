using System.Text.Json;
using EcsImages.Local.Store;

namespace EcsImages.Local.Tests.Building;

/// <summary>An endpoint with an image to build on, and short words for pipelines and their executions.</summary>
internal sealed class BuildWorld : IAsyncDisposable
{
    private int _bases;

    private BuildWorld(TestEndpoint endpoint, TestClient client) => (Endpoint, Client) = (endpoint, client);

    public TestEndpoint Endpoint { get; }

    public TestClient Client { get; }

    public static async Task<BuildWorld> StartAsync()
    {
        var endpoint = await TestEndpoint.StartAsync();
        return new(endpoint, await endpoint.ClientAsync());
    }

    /// <summary>The world on an endpoint that is there, of whoever disposes of that.</summary>
    public static BuildWorld On(TestEndpoint endpoint, TestClient client) => new(endpoint, client);

    /// <summary>An own image, which is ready.</summary>
    public Image AddBase(Func<Image, Image>? change = null) => Endpoint.AddImage(Client, $"base-{++_bases}", change);

    /// <summary>A pipeline; on an image of its own, unless the parameters name a base.</summary>
    public async Task<string> PipelineAsync(params (string Name, string Value)[] parameters)
    {
        (string, string)[] based = parameters.Any(static p => p.Name == "BaseImageType") ? [] : [("BaseImageType", "IMAGE"), ("BaseImage", AddBase().Id)];
        return (await Client.OkAsync("CreateImagePipeline", [.. based, .. parameters])).Text("ImagePipelineId");
    }

    public async Task<string> StartPipelineAsync(string pipeline, params (string, string)[] more) =>
        (await Client.OkAsync("StartImagePipelineExecution", [("ImagePipelineId", pipeline), .. more])).Text("ExecutionId");

    /// <summary>Makes a pipeline and starts it.</summary>
    public async Task<string> BuildAsync(params (string, string)[] parameters) => await StartPipelineAsync(await PipelineAsync(parameters));

    public async Task<string> ComponentAsync(string content, params (string, string)[] more) =>
        (await Client.OkAsync("CreateImageComponent", [("Content", content), .. more])).Text("ImageComponentId");

    public async Task<JsonElement> ShowAsync(string id) => Assert.Single((await Client.OkAsync("DescribeImagePipelineExecutions", ("ExecutionId", id))).List("ImagePipelineExecution"));

    public async Task<string> StatusAsync(string id) => Text(await ShowAsync(id), "Status");

    /// <summary>Lets time pass until the execution has that status.</summary>
    public async Task<JsonElement> UntilAsync(string id, string status)
    {
        for (var i = 0; i < 200; i++)
        {
            var row = await ShowAsync(id);
            if (Text(row, "Status") == status) return row;
            Advance(0.1);
        }
        throw new Xunit.Sdk.XunitException($"It never was {status}: {await ShowAsync(id)}");
    }

    /// <summary>Lets time pass until the execution creates its image, and answers that.</summary>
    public async Task<string> BegunImageAsync(string id)
    {
        await UntilAsync(id, "BUILDING");
        for (var i = 0; i < 30 && Text(await ShowAsync(id), "ImageId").Length == 0; i++) Advance(0.1);
        return Text(await ShowAsync(id), "ImageId") is { Length: > 0 } image ? image : throw new Xunit.Sdk.XunitException($"It began no image: {await ShowAsync(id)}");
    }

    /// <summary>The execution, a minute later.</summary>
    public Task<JsonElement> EndAsync(string id)
    {
        Advance(60);
        return ShowAsync(id);
    }

    /// <summary>That it is in that status; what it says of itself is in the message where it is not.</summary>
    public static void AssertStatus(string expected, JsonElement row) => Assert.True(Text(row, "Status") == expected, $"{expected} was expected: {row}");

    public void Advance(double seconds) => Endpoint.Clock.Advance(TimeSpan.FromSeconds(seconds));

    /// <summary>The instances that are there: those that are built on and tested.</summary>
    public async Task<string[]> InstancesAsync() => [.. (await Client.OkAsync("DescribeInstances")).List("Instances").Select(static i => Text(i, "InstanceId"))];

    /// <summary>Own images, also unfinished ones.</summary>
    public async Task<JsonElement[]> ImagesAsync(string region = "cn-hangzhou") =>
        [.. (await Client.OkAsync("DescribeImages", ("RegionId", region), ("ImageOwnerAlias", "self"), ("Status", "ALL"))).Images];

    /// <summary>That no instance, network or disk is left of what was made on the way.</summary>
    public void AssertTidy() => Assert.Equal(0, Endpoint.Count(
        "SELECT (SELECT count(*) FROM instance) + (SELECT count(*) FROM disk) + (SELECT count(*) FROM vpc WHERE is_default = 0) + (SELECT count(*) FROM security_group WHERE is_default = 0)"));

    public static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    public ValueTask DisposeAsync() => Endpoint.DisposeAsync();
}
