using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Updating;

public sealed class UpdateFailureTests
{
    private static readonly string[] Tasks =
    [
        "checkNewImageName", "createStack", "untilStackReady", "runInstances", "installCloudAssistant", "runCommand", "stopInstance", "createImage", "deleteInstance", "deleteStack",
    ];

    public static TheoryData<string> Names => [.. Tasks];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_failure_at_any_task_names_it_with_the_words_of_the_service_and_the_end_of_the_log(string task)
    {
        using var service = new FakeService(request => FakeReply.Json(request.Action switch
        {
            "ListExecutions" => """{"RequestId":"R","Executions":[{"ExecutionId":"exec-1","TemplateName":"ACS-ECS-UpdateImage","Status":"Failed","StatusMessage":"whole","Parameters":{"sourceImageId":"m-1","whetherCreateVpc":true}}]}""",
            "ListTaskExecutions" => $$"""{"RequestId":"R","TaskExecutions":[{{string.Join(',', Tasks.TakeWhile(t => t != task).Append(task).Select(t => Row(t, t == task)))}}]}""",
            _ => """{"RequestId":"R","ExecutionLogs":[{"Message":"first line"},{"Message":"last line"}],"IsTruncated":false}""",
        }));
        using var shell = FaultTests.Connect(service);
        var error = shell.Error("'exec-1' | Wait-EcsImageUpdate");
        Assert.Equal(("ImageUpdateFailed", ErrorCategory.InvalidResult, "exec-1"), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        Assert.Contains($"failed at task {Array.IndexOf(Tasks, task) + 1} of 10: {task}. The words about {task}.", error.Text(), StringComparison.Ordinal);
        Assert.EndsWith("\n  first line\n  last line", error.Text(), StringComparison.Ordinal);
        Assert.Contains("Get-EcsImageUpdate -IncludeLog", error.Advice(), StringComparison.Ordinal);
        var isInstanceLeft = Array.IndexOf(Tasks, task) is > 3 and < 9;
        Assert.Equal(isInstanceLeft, error.Text().Contains("Remove-EcsInstance i-1 -RegionId cn-hangzhou -Force", StringComparison.Ordinal));

        static string Row(string name, bool isFailed) =>
            $$"""{"TaskName":"{{name}}","Status":"{{(isFailed ? "Failed" : "Success")}}","StatusMessage":"The words about {{name}}.","Outputs":"{{(isFailed ? "{}" : name switch { "runInstances" => "{\\\"instanceId\\\":\\\"i-1\\\"}", "createStack" => "{\\\"stackId\\\":\\\"stack-1\\\"}", _ => "{}" })}}"}""";
    }

    [Fact]
    public void A_role_that_is_not_there_fails_the_launch_and_leaves_neither_instance_nor_network()
    {
        using var shell = new TestShell(speed: 10_000);
        shell.MakeImage();
        var error = shell.Error("$image | Update-EcsImage -Command x -InstanceType ecs.g7.large -RamRoleName nobody -CreateVpc -Wait");
        Assert.Equal("ImageUpdateFailed", error.Code());
        foreach (var words in new[] { "at task 4 of 10: runInstances. InvalidRamRole.NotFound", "The end of its log:", "The task runInstances failed." }) Assert.Contains(words, error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain("still there", error.Text(), StringComparison.Ordinal);
        Assert.Equal((1, 1), (shell.Run("Get-EcsInstance").Count, shell.Run("(Invoke-EcsApi DescribeVpcs -Confirm:$false).Vpcs.Vpc").Count));
        Assert.Equal("runInstances Failed", shell.Text("$failed = Get-EcsImageUpdate -Status failed -IncludeLog; \"$($failed.CurrentTask) $($failed.Status)\""));
        Assert.Contains(shell.Texts("$failed.Log | Where-Object Task -eq runInstances"), static l => l.StartsWith("The task runInstances failed. InvalidRamRole.NotFound", StringComparison.Ordinal));
    }

    [Fact]
    public void A_service_that_knows_of_no_execution_says_so_in_our_words()
    {
        using var service = new FakeService(static request => request.Action == "StartExecution" || request.Action == "ListExecutions"
            ? FakeReply.Json("""{"RequestId":"R","Executions":[{"ExecutionId":"exec-2","TemplateName":"ACS-ECS-CreateImage","Status":"Running"}]}""") : FakeReply.Error(404, "EntityNotExists.Execution", "No."));
        using var shell = FaultTests.Connect(service);
        var error = shell.Error("Stop-EcsImageUpdate exec-2 -Confirm:$false");
        Assert.Equal(("EntityNotExists.Execution", ErrorCategory.ObjectNotFound), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("no such execution of ACS-ECS-UpdateImage", error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(service.Requests, static r => r.Action == "CancelExecution");
    }
}
