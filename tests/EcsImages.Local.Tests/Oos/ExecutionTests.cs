using System.Text.Json;
using System.Text.Json.Nodes;

namespace EcsImages.Local.Tests.Oos;

public sealed class ExecutionTests
{
    private static readonly string[] Succeeded =
    [
        "checkNewImageName Success", "createStack Skipped", "untilStackReady Skipped", "runInstances Success", "installCloudAssistant Success",
        "runCommand Success", "configurePackage Skipped", "stopInstance Success", "createImage Success", "deleteInstance Success", "deleteStack Skipped",
    ];

    [Fact]
    public async Task An_execution_makes_an_image_with_its_lineage_and_leaves_no_instance()
    {
        await using var oos = await OosClient.StartAsync();
        var source = oos.Endpoint.AddImage(oos.Ecs, "base");
        var id = await oos.StartUpdateAsync(source.Id, new() { ["tags"] = new JsonArray(new JsonObject { ["Key"] = "team", ["Value"] = "web" }) });
        Assert.Equal("Started", await oos.StatusAsync(id));
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", await oos.StatusAsync(id));
        Assert.Equal(1, await oos.InstancesAsync());
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(10));
        var ended = await oos.ShowAsync(id);
        Assert.Equal("Success", ended.GetProperty("Status").GetString());
        var image = JsonDocument.Parse(ended.GetProperty("Outputs").GetString()!).RootElement.GetProperty("imageId").GetString()!;
        var made = await oos.Ecs.ShowAsync(image);
        Assert.Equal(("updated", "Available"), (made.GetProperty("ImageName").GetString(), made.GetProperty("Status").GetString()));
        Assert.Equal("web", made.GetProperty("Tags").GetProperty("Tag")[0].GetProperty("TagValue").GetString());
        Assert.Equal(1, oos.Endpoint.Count("SELECT count(*) FROM image WHERE id = $id AND source_image = $source AND source_instance LIKE 'i-%'", ("id", image), ("source", source.Id)));
        Assert.Equal(0, await oos.InstancesAsync());
        Assert.Equal(Succeeded, await oos.TasksAsync(id));
    }

    [Fact]
    public async Task An_execution_launches_from_a_public_image_too_and_names_the_new_one_after_both()
    {
        await using var oos = await OosClient.StartAsync();
        var source = (await oos.Ecs.OkAsync("DescribeImages", ("ImageOwnerAlias", "system"), ("OSType", "linux"), ("Architecture", "x86_64"))).Images[0].GetProperty("ImageId").GetString()!;
        var given = new JsonObject { ["sourceImageId"] = source, ["instanceType"] = "ecs.g7.large" };
        var started = await oos.OkAsync("StartExecution", ("TemplateName", OosClient.Template), ("Parameters", given.ToJsonString()));
        var id = started.Body.GetProperty("Execution").GetProperty("ExecutionId").GetString()!;
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Success", await oos.StatusAsync(id));
        Assert.Equal($"UpdateImage_from_{source}_on_{id}", (await oos.Ecs.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"))).Images.Single().GetProperty("ImageName").GetString());
    }

    [Fact]
    public async Task Whoever_looks_late_finds_the_same_times_as_who_looked_all_along()
    {
        var histories = new List<string>();
        foreach (var step in (double[])[0.05, 3600])
        {
            await using var oos = await OosClient.StartAsync();
            var (start, image) = (oos.Endpoint.Clock.Now, oos.Endpoint.AddImage(oos.Ecs, "base"));
            var id = await oos.StartUpdateAsync(image.Id);
            while (oos.Endpoint.Clock.Now < start.AddHours(1))
            {
                oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(step));
                // The last look is at the same time in both.
                if (await oos.StatusAsync(id) == "Success") break;
            }
            histories.Add(await HistoryAsync(oos, id, start));
        }
        Assert.Contains("createImage 3300-4300", histories[0]);
        Assert.Equal(histories[0], histories[1]);
    }

    [Fact]
    public async Task What_a_killed_process_left_is_finished_by_whoever_opens_the_folder_next()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Running", await oos.StatusAsync(id));
        await oos.Endpoint.Endpoint.DisposeAsync();
        var next = await oos.Endpoint.OpenAsync();
        oos.Endpoint.Clock.Advance(TimeSpan.FromDays(1));
        using var client = await oos.Endpoint.ClientAsync(endpoint: next);
        Assert.Equal(2, (await client.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
        Assert.Equal(0, (await client.OkAsync("DescribeInstances")).TotalCount);
    }

    [Fact]
    public async Task Many_who_look_at_once_carry_each_stage_out_once()
    {
        await using var oos = await OosClient.StartAsync();
        var second = await oos.Endpoint.OpenAsync();
        using var other = await oos.Endpoint.ClientAsync(endpoint: second);
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromHours(1));
        var looks = Enumerable.Range(0, 16).Select(i => Task.Run(() => (i % 2 == 0 ? oos.Ecs : other).EcsAsync("DescribeImages", ("ImageOwnerAlias", "self"))));
        Assert.All(await Task.WhenAll(looks), static a => Assert.Equal(2, a.TotalCount));
        Assert.Equal(Succeeded, await oos.TasksAsync(id));
    }

    [Fact]
    public async Task Output_and_log_say_that_nothing_was_executed_and_never_repeat_the_command()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["commandContent"] = "login {{ hunter2 }}" });
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Success", await oos.StatusAsync(id));
        var task = Assert.Single((await oos.OkAsync("ListTaskExecutions", ("ExecutionId", id), ("TaskName", "runCommand"))).Body.GetProperty("TaskExecutions").EnumerateArray());
        Assert.Contains("Nothing was executed inside i-", task.GetProperty("Outputs").GetString(), StringComparison.Ordinal);
        Assert.Contains("login {{ hunter2 }}", task.GetProperty("Properties").GetString(), StringComparison.Ordinal);
        var log = await oos.LogAsync(id);
        Assert.Contains(log, static l => l.StartsWith("A command of the type RunShellScript with 19 characters was to be run. Nothing was executed", StringComparison.Ordinal));
        Assert.DoesNotContain(log, static l => l.Contains("hunter2", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_package_is_configured_instead_of_a_command_where_the_parameters_say_so()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["updateType"] = "InstallPackage", ["packageName"] = "ACS-Extension-DotNet", ["packageVersion"] = "v3" });
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var tasks = await oos.TasksAsync(id);
        Assert.Contains("runCommand Skipped", tasks);
        Assert.Contains("configurePackage Success", tasks);
        Assert.Contains(await oos.LogAsync(id), static l => l.StartsWith("The package ACS-Extension-DotNet v3 was to be installed.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_network_that_is_asked_for_is_made_used_and_taken_away()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["whetherCreateVpc"] = true });
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Running", await oos.StatusAsync(id));
        var instance = (await oos.Ecs.OkAsync("DescribeInstances")).List("Instances").Single();
        Assert.StartsWith("192.168.1.", instance.GetProperty("VpcAttributes").GetProperty("PrivateIpAddress").GetProperty("IpAddress")[0].GetString(), StringComparison.Ordinal);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Success", await oos.StatusAsync(id));
        Assert.Contains("deleteStack Success", await oos.TasksAsync(id));
        Assert.Equal(0, oos.Endpoint.Count("SELECT count(*) FROM vpc WHERE is_default = 0"));
    }

    [Fact]
    public async Task A_reset_forgets_executions_that_are_under_way()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Running", await oos.StatusAsync(id));
        await ((LocalEndpoint)oos.Endpoint.Endpoint).ResetAsync(CancellationToken.None);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, (await oos.OkAsync("ListExecutions")).TotalCount);
        Assert.Equal(0, (await oos.Ecs.OkAsync("DescribeImages", ("ImageOwnerAlias", "self"))).TotalCount);
    }

    // What happened when, in milliseconds since the start.
    private static async Task<string> HistoryAsync(OosClient oos, string id, DateTimeOffset start)
    {
        var lines = new List<string>(await oos.TasksAsync(id));
        oos.Endpoint.Arrange(s =>
        {
            var zero = start.ToUnixTimeMilliseconds();
            lines.AddRange(s.List("SELECT name, started_at, ended_at FROM oos_task ORDER BY key", r => $"{r.GetString(0)} {r.GetInt64(1) - zero}-{r.GetInt64(2) - zero}"));
            lines.AddRange(s.List("SELECT created_at, ready_at FROM image WHERE name = 'updated'", r => $"image {r.GetInt64(0) - zero}-{r.GetInt64(1) - zero}"));
            lines.AddRange(s.List("SELECT created_at, updated_at, ended_at FROM oos_execution", r => $"execution {r.GetInt64(0) - zero}-{r.GetInt64(1) - zero}-{r.GetInt64(2) - zero}"));
            lines.AddRange(s.List("SELECT logged_at FROM oos_log ORDER BY key", r => $"log {r.GetInt64(0) - zero}"));
        });
        return string.Join('\n', lines);
    }
}
