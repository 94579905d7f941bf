namespace EcsImages.Local.Tests.Oos;

public sealed class OosListTests
{
    private const string Missing = """{"sourceImageId":"m-1","instanceType":"ecs.g7.large"}""";

    [Fact]
    public async Task Executions_are_filtered_by_all_that_the_contract_names()
    {
        await using var oos = await OosClient.StartAsync();
        var image = oos.Endpoint.AddImage(oos.Ecs, "base").Id;
        var web = await oos.StartUpdateAsync(image, null, ("Description", "web"), ("Tags", """{"team":"web","env":"prod"}"""), ("ResourceGroupId", "rg-1"));
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(10));
        await oos.OkAsync("ListExecutions");
        var other = await StartAsync(oos, ("Tags", """{"team":"db"}"""));
        var account = oos.Ecs.Account.AccountId;

        await FindsAsync(oos, [other, web]);
        await FindsAsync(oos, [web], ("Status", "Success"));
        await FindsAsync(oos, [other], ("Status", "Started"));
        await FindsAsync(oos, [web], ("Description", "web"));
        await FindsAsync(oos, [web], ("ResourceGroupId", "rg-1"));
        await FindsAsync(oos, [web], ("Tags", """{"team":"web"}"""));
        await FindsAsync(oos, [], ("Tags", """{"team":"web","env":"test"}"""));
        await FindsAsync(oos, [web], ("ResourceId", image));
        await FindsAsync(oos, [other, web], ("ExecutedBy", "root"));
        await FindsAsync(oos, [other, web], ("ExecutedBy", $"root({account})"));
        await FindsAsync(oos, [], ("ExecutedBy", "roo"));
        await FindsAsync(oos, [other], ("StartDateAfter", "2026-11-01T12:05:00Z"));
        await FindsAsync(oos, [web], ("StartDateBefore", "2026-11-01T12:05:00Z"));
        await FindsAsync(oos, [web], ("EndDateBefore", "2026-11-01T12:05:00Z"));
        await FindsAsync(oos, [], ("EndDateAfter", "2026-11-01T12:05:00Z"));
        await FindsAsync(oos, [other, web], ("TemplateName", OosClient.Template), ("Mode", "Automatic"), ("Category", "Other"), ("Depth", "RootDepth"), ("IncludeChildExecution", "true"));
        await FindsAsync(oos, [other, web], ("Categories", """["TimerTrigger","Other"]"""));
        await FindsAsync(oos, [], ("Category", "TimerTrigger"));
        await FindsAsync(oos, [], ("ParentExecutionId", web));
        await FindsAsync(oos, [], ("RamRole", "OOSServiceRole"));
        await FindsAsync(oos, [], ("RegionId", "cn-beijing"));
    }

    [Fact]
    public async Task Executions_are_sorted_as_asked()
    {
        await using var oos = await OosClient.StartAsync();
        var first = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(3));
        // It fails at once, before the first one ends.
        var second = await StartAsync(oos);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        await FindsAsync(oos, [second, first]);
        await FindsAsync(oos, [first, second], ("SortOrder", "Ascending"));
        await FindsAsync(oos, [first, second], ("SortField", "EndDate"));
        await FindsAsync(oos, [second, first], ("SortField", "EndDate"), ("SortOrder", "Ascending"));
        await FindsAsync(oos, [first, second], ("SortField", "Status"));
    }

    [Theory]
    [InlineData("StartDate", "Descending")]
    [InlineData("StartDate", "Ascending")]
    [InlineData("EndDate", "Ascending")]
    [InlineData("Status", "Descending")]
    public async Task Pages_hold_every_execution_once(string field, string order)
    {
        await using var oos = await OosClient.StartAsync();
        for (var i = 0; i < 23; i++)
        {
            await StartAsync(oos);
            // Several have the same time.
            if (i % 4 == 0) oos.Endpoint.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }
        var (seen, sizes, token) = (new HashSet<string>(), new List<int>(), "");
        do
        {
            var page = await oos.OkAsync("ListExecutions", ("MaxResults", "10"), ("SortField", field), ("SortOrder", order), ("NextToken", token));
            Assert.Equal(23, page.TotalCount);
            var ids = page.Body.GetProperty("Executions").EnumerateArray().Select(static e => e.GetProperty("ExecutionId").GetString()!).ToArray();
            sizes.Add(ids.Length);
            seen.UnionWith(ids);
            token = page.Text("NextToken");
        } while (token.Length > 0);
        Assert.Equal([10, 10, 3], sizes);
        Assert.Equal(23, seen.Count);
    }

    [Fact]
    public async Task Tasks_are_found_by_name_action_status_and_id()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        foreach (var filter in ((string, string)[])[("TaskName", "runInstances"), ("TaskAction", "ACS::ECS::RunInstances"), ("Status", "Running"), ("TaskExecutionId", $"{id}.t0004")])
        {
            var task = Assert.Single((await oos.OkAsync("ListTaskExecutions", ("ExecutionId", id), filter)).Body.GetProperty("TaskExecutions").EnumerateArray());
            Assert.Equal("runInstances", task.GetProperty("TaskName").GetString());
            Assert.Equal("{}", task.GetProperty("Outputs").GetString());
        }
        Assert.Equal(0, (await oos.OkAsync("ListTaskExecutions", ("ParentTaskExecutionId", $"{id}.t0001"))).Body.GetProperty("TaskExecutions").GetArrayLength());
    }

    [Fact]
    public async Task Logs_come_in_pages_from_the_first_line_and_by_task()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var all = await oos.LogAsync(id);
        Assert.StartsWith("The execution of ACS-ECS-UpdateImage was accepted", all[0], StringComparison.Ordinal);
        Assert.Equal("The execution ended: Success.", all[^1]);
        var (paged, token) = (new List<string>(), "");
        do
        {
            var page = await oos.OkAsync("ListExecutionLogs", ("ExecutionId", id), ("MaxResults", "7"), ("NextToken", token));
            paged.AddRange(page.Body.GetProperty("ExecutionLogs").EnumerateArray().Select(static l => l.GetProperty("Message").GetString()!));
            token = page.Text("NextToken");
            Assert.Equal(token.Length > 0, page.Body.GetProperty("IsTruncated").GetBoolean());
        } while (token.Length > 0);
        Assert.Equal(all, paged);
        var ofTask = await oos.OkAsync("ListExecutionLogs", ("ExecutionId", id), ("TaskExecutionId", $"{id}.t0001"), ("LogType", "System"));
        Assert.Equal(["The task checkNewImageName started.", "The task checkNewImageName completed."],
            ofTask.Body.GetProperty("ExecutionLogs").EnumerateArray().Select(static l => l.GetProperty("Message").GetString()));
    }

    private static async Task<string> StartAsync(OosClient oos, params (string Name, string Value)[] parameters)
    {
        var started = await oos.OkAsync("StartExecution", [("TemplateName", OosClient.Template), ("Parameters", Missing), .. parameters]);
        return started.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString()!;
    }

    private static async Task FindsAsync(OosClient oos, string[] ids, params (string Name, string Value)[] filter)
    {
        var answer = filter is [("RegionId", _)] ? await oos.ElsewhereAsync("ListExecutions", filter) : await oos.OkAsync("ListExecutions", filter);
        Assert.Equal(ids, answer.Body.GetProperty("Executions").EnumerateArray().Select(static e => e.GetProperty("ExecutionId").GetString()));
        Assert.Equal(ids.Length, answer.TotalCount);
    }
}
