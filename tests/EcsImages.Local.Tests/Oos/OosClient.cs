using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcsImages.Local.Tests.Oos;

/// <summary>Speaks to OOS with the keys of an account, and to ECS beside it.</summary>
internal sealed class OosClient : IAsyncDisposable
{
    public const string Template = "ACS-ECS-UpdateImage";

    private readonly TestClient _oos;

    private OosClient(TestEndpoint endpoint, TestClient ecs, TestClient oos) => (Endpoint, Ecs, _oos) = (endpoint, ecs, oos);

    public TestEndpoint Endpoint { get; }

    public TestClient Ecs { get; }

    public static async Task<OosClient> StartAsync()
    {
        var endpoint = await TestEndpoint.StartAsync();
        return new(endpoint, await endpoint.ClientAsync(), Addressed(await endpoint.ClientAsync()));
    }

    public static TestClient Addressed(TestClient client)
    {
        (client.Host, client.Version) = ("oos.cn-hangzhou.aliyuncs.com", "2019-06-01");
        return client;
    }

    public Task<Answer> CallAsync(string action, params (string Name, string Value)[] parameters) =>
        _oos.CallAsync(action, [("RegionId", "cn-hangzhou"), .. parameters]);

    /// <summary>The same with a RegionId among the parameters.</summary>
    public Task<Answer> ElsewhereAsync(string action, params (string Name, string Value)[] parameters) => _oos.CallAsync(action, parameters);

    public async Task<Answer> OkAsync(string action, params (string Name, string Value)[] parameters)
    {
        var answer = await CallAsync(action, parameters);
        Assert.True(answer.Status == 200, $"{action}: {answer.Body}");
        return answer;
    }

    /// <summary>Starts an update of that image on ecs.g7.large, and answers the execution's id.</summary>
    public async Task<string> StartUpdateAsync(string image, JsonObject? more = null, params (string Name, string Value)[] parameters)
    {
        var given = new JsonObject { ["sourceImageId"] = image, ["instanceType"] = "ecs.g7.large", ["targetImageName"] = "updated" };
        foreach (var (name, value) in more ?? []) given[name] = value?.DeepClone();
        var answer = await OkAsync("StartExecution", [("TemplateName", Template), ("Parameters", given.ToJsonString()), .. parameters]);
        return answer.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString()!;
    }

    public async Task<JsonElement> ShowAsync(string id) => Assert.Single((await OkAsync("ListExecutions", ("ExecutionId", id))).Body.GetProperty("Executions").EnumerateArray());

    public async Task<string?> StatusAsync(string id) => (await ShowAsync(id)).GetProperty("Status").GetString();

    /// <summary>The tasks of an execution, the first one first, as "name status".</summary>
    public async Task<string[]> TasksAsync(string id) =>
        [.. (await OkAsync("ListTaskExecutions", ("ExecutionId", id), ("SortOrder", "Ascending"))).Body.GetProperty("TaskExecutions").EnumerateArray()
            .Select(static t => $"{t.GetProperty("TaskName").GetString()} {t.GetProperty("Status").GetString()}")];

    public async Task<string[]> LogAsync(string id) =>
        [.. (await OkAsync("ListExecutionLogs", ("ExecutionId", id), ("MaxResults", "100"))).Body.GetProperty("ExecutionLogs").EnumerateArray().Select(static l => l.GetProperty("Message").GetString()!)];

    public async Task<int> InstancesAsync() => (await Ecs.OkAsync("DescribeInstances")).TotalCount;

    public ValueTask DisposeAsync()
    {
        _oos.Dispose();
        return Endpoint.DisposeAsync();
    }
}
