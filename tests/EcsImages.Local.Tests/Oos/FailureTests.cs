using System.Text.Json.Nodes;

namespace EcsImages.Local.Tests.Oos;

public sealed class FailureTests
{
    [Fact]
    public async Task A_launch_that_is_refused_fails_the_execution_with_the_reason()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id, new() { ["instanceType"] = "ecs.g8y.large" });
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = await oos.ShowAsync(id);
        Assert.Equal("Failed", ended.GetProperty("Status").GetString());
        Assert.StartsWith("The task runInstances failed. InvalidInstanceType.NotSupported: ", ended.GetProperty("StatusMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal("{}", ended.GetProperty("Outputs").GetString());
        Assert.Equal(["checkNewImageName Success", "createStack Skipped", "untilStackReady Skipped", "runInstances Failed", "deleteStack Skipped"], await oos.TasksAsync(id));
    }

    [Fact]
    public async Task A_name_that_an_image_has_fails_the_first_task()
    {
        await using var oos = await OosClient.StartAsync();
        oos.Endpoint.AddImage(oos.Ecs, "updated");
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Failed", await oos.StatusAsync(id));
        Assert.Equal(["checkNewImageName Failed"], await oos.TasksAsync(id));
    }

    [Fact]
    public async Task An_image_that_cannot_be_created_leads_to_the_deletion_of_the_instance()
    {
        await using var oos = await OosClient.StartAsync();
        // Still waiting: the check of the name counts available images only.
        oos.Endpoint.AddImage(oos.Ecs, "updated", static i => i with { StartedAt = null });
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = await oos.ShowAsync(id);
        Assert.Equal("Failed", ended.GetProperty("Status").GetString());
        Assert.Contains("InvalidImageName.Duplicated", ended.GetProperty("StatusMessage").GetString(), StringComparison.Ordinal);
        Assert.Equal(["createImage Failed", "deleteInstance Success", "deleteStack Skipped"], (await oos.TasksAsync(id))[^3..]);
        Assert.Equal(0, await oos.InstancesAsync());
        Assert.Contains(await oos.LogAsync(id), static l => l.StartsWith("The task createImage failed. InvalidImageName.Duplicated", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_instance_that_somebody_stops_meanwhile_fails_the_task_that_needs_it()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(1.5));
        var instance = (await oos.Ecs.OkAsync("DescribeInstances")).List("Instances").Single().GetProperty("InstanceId").GetString()!;
        await oos.Ecs.OkAsync("StopInstance", ("InstanceId", instance));
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Failed", await oos.StatusAsync(id));
        Assert.Contains("installCloudAssistant Failed", await oos.TasksAsync(id));
        Assert.Equal(0, await oos.InstancesAsync());
    }

    [Fact]
    public async Task A_task_without_an_error_route_leaves_the_instance_as_the_template_has_it()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(2.5));
        Assert.Equal("Running", await oos.StatusAsync(id));
        var instance = (await oos.Ecs.OkAsync("DescribeInstances")).List("Instances").Single().GetProperty("InstanceId").GetString()!;
        // It is being stopped; started again in between, it is Running when the task looks.
        oos.Endpoint.Arrange(s => s.Execute("UPDATE instance SET outcome = 'Running' WHERE id = $id", ("id", instance)));
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Failed", await oos.StatusAsync(id));
        Assert.Equal("stopInstance Failed", (await oos.TasksAsync(id))[^1]);
        Assert.Equal(1, await oos.InstancesAsync());
    }

    [Fact]
    public async Task A_user_starts_no_more_than_the_users_own_policy_allows()
    {
        await using var oos = await OosClient.StartAsync();
        var image = oos.Endpoint.AddImage(oos.Ecs, "base");
        using var user = OosClient.Addressed(await oos.Endpoint.UserAsync(
            policy: """{"Version":"1","Statement":[{"Effect":"Allow","Action":["oos:*","ecs:DescribeImages"],"Resource":"*"}]}"""));
        var given = new JsonObject { ["sourceImageId"] = image.Id, ["instanceType"] = "ecs.g7.large" };
        var started = await user.CallAsync("StartExecution", ("RegionId", "cn-hangzhou"), ("TemplateName", OosClient.Template), ("Parameters", given.ToJsonString()));
        var execution = started.Body.GetProperty("Execution");
        Assert.StartsWith("builder(", execution.GetProperty("ExecutedBy").GetString(), StringComparison.Ordinal);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var ended = await oos.ShowAsync(execution.GetProperty("ExecutionId").GetString()!);
        Assert.Equal("Failed", ended.GetProperty("Status").GetString());
        Assert.StartsWith("The task runInstances failed. Forbidden.RAM", ended.GetProperty("StatusMessage").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.05, "", "Cancelled")]
    [InlineData(0.2, "checkNewImageName Cancelled", "Cancelled")]
    // The instance is still Pending, and cannot be deleted at once.
    [InlineData(0.4, "runInstances Cancelled", "Running")]
    [InlineData(1.5, "installCloudAssistant Cancelled", "Running")]
    [InlineData(2.0, "runCommand Cancelled", "Running")]
    [InlineData(2.5, "stopInstance Cancelled", "Running")]
    [InlineData(3.5, "createImage Cancelled", "Running")]
    [InlineData(4.5, "deleteInstance Success", "Running")]
    public async Task A_cancelled_execution_cleans_up_and_is_cancelled(double after, string task, string status)
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromSeconds(after));
        await oos.OkAsync("CancelExecution", ("ExecutionId", id));
        Assert.Equal(status, await oos.StatusAsync(id));
        await oos.OkAsync("CancelExecution", ("ExecutionId", id));
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Cancelled", await oos.StatusAsync(id));
        Assert.Equal(0, await oos.InstancesAsync());
        var tasks = await oos.TasksAsync(id);
        if (task.Length > 0) Assert.Contains(task, tasks);
        else Assert.Empty(tasks);
    }

    [Fact]
    public async Task What_has_ended_cannot_be_cancelled()
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        oos.Endpoint.Clock.Advance(TimeSpan.FromMinutes(1));
        var refused = await oos.CallAsync("CancelExecution", ("ExecutionId", id));
        Assert.Equal((400, "InvalidParameter"), (refused.Status, refused.Code));
        Assert.Equal("Success", await oos.StatusAsync(id));
    }

    [Theory]
    [InlineData("CancelExecution")]
    [InlineData("ListExecutionLogs")]
    [InlineData("ListTaskExecutions")]
    public async Task An_execution_of_another_account_is_unknown(string operation)
    {
        await using var oos = await OosClient.StartAsync();
        var id = await oos.StartUpdateAsync(oos.Endpoint.AddImage(oos.Ecs, "base").Id);
        using var stranger = OosClient.Addressed(await oos.Endpoint.ClientAsync("stranger"));
        var refused = await stranger.CallAsync(operation, ("RegionId", "cn-hangzhou"), ("ExecutionId", id));
        Assert.Equal((404, "EntityNotExists.Execution"), (refused.Status, refused.Code));
    }
}
