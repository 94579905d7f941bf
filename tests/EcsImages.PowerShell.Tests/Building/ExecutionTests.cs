using System.Management.Automation;
using static EcsImages.PowerShell.Tests.Building.BuildService;

namespace EcsImages.PowerShell.Tests.Building;

public sealed class ExecutionTests : IDisposable
{
    private readonly BuildService _build = new();

    private TestShell Shell => _build.Shell;

    public void Dispose() => _build.Dispose();

    [Fact]
    public void Waiting_shows_the_stages_with_their_messages_and_ends_with_the_image()
    {
        _build.Put("exec-1", State("PREPARING"), State("PREPARING", "Create transition vpc success!"), State("REPAIRING"), State("BUILDING", "first\nRUN true"), State("TESTING", imageId: "m-1"),
            State("DISTRIBUTING", imageId: "m-1"), State("RELEASING", imageId: "m-1"), State("SUCCESS", "All done.", "m-1"));
        var run = Shell.Try("Start-EcsImagePipeline ip-1 -Wait");
        Assert.Empty(run.Errors);
        var execution = Assert.Single(run.Output);
        Assert.Equal(("exec-1", "ip-1", "web", "SUCCESS", "m-1", "All done."), ((string)execution.ExecutionId, (string)execution.ImagePipelineId, (string)execution.PipelineName, (string)execution.Status, (string)execution.ImageId, (string)execution.Message));
        Assert.Equal("Prepare: Done, Repair: Done, Build: Done, Test: Done, Distribute: Done, Share: Done, Release: Done", Stages(execution));
        var said = run.Progress.Select(static p => p.StatusDescription).ToArray();
        Assert.Contains("exec-1 in cn-hangzhou: stage 3 of 7: Build; RUN true", said);
        Assert.Contains("exec-1 in cn-hangzhou: stage 5 of 7: Distribute and Share", said);
        var percents = run.Progress.SkipLast(1).Select(static p => p.PercentComplete).ToArray();
        Assert.Equal(percents.Order(), percents);
        Assert.Equal(ProgressRecordType.Completed, run.Progress[^1].RecordType);
    }

    [Theory]
    [InlineData("PREPARING", "Prepare: Running, Repair: Waiting, Build: Waiting, Test: Waiting, Distribute: Waiting, Share: Waiting, Release: Waiting")]
    [InlineData("BUILDING", "Prepare: Done, Repair: Done, Build: Running, Test: Waiting, Distribute: Waiting, Share: Waiting, Release: Waiting")]
    [InlineData("RELEASING", "Prepare: Done, Repair: Done, Build: Done, Test: Done, Distribute: Done, Share: Done, Release: Running")]
    [InlineData("PARTITION_SUCCESS", "Prepare: Done, Repair: Done, Build: Done, Test: Done, Distribute: Partial, Share: Partial, Release: Done")]
    [InlineData("TEST_FAILED", "Prepare: Done, Repair: Done, Build: Done, Test: Failed, Distribute: Skipped, Share: Skipped, Release: Done")]
    [InlineData("FAILED", "Prepare: Unknown, Repair: Unknown, Build: Unknown, Test: Unknown, Distribute: Unknown, Share: Unknown, Release: Unknown")]
    [InlineData("NEW_STATE", "Prepare: Unknown, Repair: Unknown, Build: Unknown, Test: Unknown, Distribute: Unknown, Share: Unknown, Release: Unknown")]
    public void The_stages_follow_from_the_status(string status, string stages)
    {
        _build.Put("exec-1", State(status));
        Assert.Equal(stages, Stages(Shell.Run("Get-EcsImagePipelineExecution exec-1")[0]));
    }

    [Fact]
    public void A_message_that_says_where_it_ended_says_it_for_the_stages_too()
    {
        _build.Put("exec-1", State("FAILED", "PREPARING: ready.\nREPAIRING: nothing to do.\nBUILDING: line 3. Failed.\nRELEASING: gone."));
        Assert.Equal("Prepare: Done, Repair: Done, Build: Failed, Test: Skipped, Distribute: Skipped, Share: Skipped, Release: Unknown", Stages(Shell.Run("Get-EcsImagePipelineExecution exec-1")[0]));
        Assert.Contains("failed in stage 3 of 7: Build.", Shell.Error("Wait-EcsImagePipelineExecution exec-1").Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_execution_whose_pipeline_may_not_be_read_is_still_one()
    {
        _build.ShowsPipeline = false;
        _build.Put("exec-1", State("TESTING"));
        Assert.Equal("Prepare: Done, Build: Done, Test: Running, Release: Waiting", Stages(Shell.Run("Get-EcsImagePipelineExecution exec-1")[0]));
    }

    [Theory]
    [InlineData("FAILED", "InvalidCommand", "Exit code 1.", "InvalidCommand", "failed in stage 3 of 7: Build. Exit code 1. (FAILED, InvalidCommand)")]
    [InlineData("FAILED", null, null, "ImagePipelineExecutionFailed", "failed in stage 3 of 7: Build. The service does not say why. (FAILED)")]
    [InlineData("TEST_FAILED", null, "nginx is not there.", "ImageTestFailed", "made the image m-1, which did not pass its test. nginx is not there. (TEST_FAILED)")]
    [InlineData("CANCELLED", null, null, "ImagePipelineExecutionCancelled", "was cancelled in stage 3 of 7: Build. (CANCELLED)")]
    public void What_ends_otherwise_is_an_error_that_says_where_and_why(string status, string? code, string? info, string id, string words)
    {
        _build.Put("exec-1", State("BUILDING"), State("BUILDING"), State("RELEASING"), State(status, imageId: status == "TEST_FAILED" ? "m-1" : null, code: code, info: info));
        var error = Shell.Error("Start-EcsImagePipeline ip-1 | Wait-EcsImagePipelineExecution");
        Assert.Equal((id, ErrorCategory.InvalidResult, "exec-1"), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        Assert.Equal($"Execution 'exec-1' of pipeline web in cn-hangzhou {words}", error.Text());
    }

    [Fact]
    public void An_image_that_did_not_come_to_all_regions_is_written_and_is_an_error()
    {
        _build.Put("exec-1", State("PARTITION_SUCCESS", "PARTITION: cn-beijing is full.", "m-1"));
        var run = Shell.Try("Wait-EcsImagePipelineExecution exec-1");
        Assert.Equal("m-1", (string)Assert.Single(run.Output).ImageId);
        var error = Assert.Single(run.Errors);
        Assert.Equal("PartiallyDistributed", error.Code());
        Assert.Contains("cn-beijing is full", error.Text(), StringComparison.Ordinal);
        Assert.Contains("Copy-EcsImage", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void One_that_fails_loses_nothing_of_the_others()
    {
        foreach (var id in (string[])["exec-a", "exec-b", "exec-c"]) _build.Put(id, State("BUILDING"), State(id == "exec-b" ? "FAILED" : "SUCCESS", imageId: "m-1"));
        var run = Shell.Try("'exec-a', 'exec-b', 'exec-missing', 'exec-c' | Wait-EcsImagePipelineExecution");
        Assert.Equal(["exec-a", "exec-c"], run.Output.Select(static e => (string)e.ExecutionId).Order());
        Assert.Equal(["exec-b", "exec-missing"], run.Errors.Select(static e => (string)e.TargetObject).Order());
    }

    [Fact]
    public void Executions_are_listed_page_by_page_by_pipeline_and_by_state_in_any_case()
    {
        for (var i = 0; i < 5; i++) _build.Put($"exec-{i}", State(i == 3 ? "FAILED" : "SUCCESS", imageId: $"m-{i}"));
        Assert.Equal(["exec-0", "exec-1", "exec-2", "exec-3", "exec-4"], Shell.Texts("Get-EcsImagePipelineExecution | ForEach-Object ExecutionId"));
        Assert.Equal(5, Shell.Run("Get-EcsImagePipeline ip-1 | Get-EcsImagePipelineExecution").Count);
        Assert.Equal("exec-3", Shell.Text("Get-EcsImagePipelineExecution -ImagePipelineId ip-1 -Status failed, test_failed"));
        Assert.Equal("FAILED,TEST_FAILED", _build.Service.Requests.Last(static r => r.Action == "DescribeImagePipelineExecutions").Query("Status"));
        Assert.Equal("exec-1", Shell.Text("Get-EcsImagePipelineExecution exec-1 | Get-EcsImagePipelineExecution"));
    }

    [Fact]
    public void A_wait_that_is_over_names_the_cmdlet_that_goes_on()
    {
        _build.Put("exec-1", State("BUILDING"));
        var error = Shell.Error("Start-EcsImagePipeline -Name web -Wait -TimeoutSec 1");
        Assert.Equal(("WaitTimedOut", ErrorCategory.OperationTimeout), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains("Wait-EcsImagePipelineExecution exec-1 -RegionId cn-hangzhou", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ctrl_C_ends_the_waiting_and_says_how_to_go_on()
    {
        _build.Put("exec-1", State("BUILDING"));
        using (var ps = System.Management.Automation.PowerShell.Create(Shell.Runspace))
        {
            ps.AddScript("Start-EcsImagePipeline ip-1 -Wait");
            var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            ps.Streams.Progress.DataAdded += (_, _) => waiting.TrySetResult();
            var running = Task.Run(() => ps.Invoke());
            await waiting.Task.WaitAsync(TimeSpan.FromMinutes(1));
            await Task.Run(ps.Stop).WaitAsync(TimeSpan.FromMinutes(1));
            Assert.Empty(await running);
        }
        Assert.Contains(Shell.Host.Lines, static l => l.Contains("Wait-EcsImagePipelineExecution exec-1 -RegionId cn-hangzhou", StringComparison.Ordinal));
        Assert.DoesNotContain(_build.Service.Requests, static r => r.Action == "CancelImagePipelineExecution");
    }

    [Fact]
    public void A_start_whose_answer_was_lost_is_sent_again_with_the_same_token()
    {
        _build.Put("exec-1", State("PREPARING"));
        _build.Refusal = FakeReply.Html(502);
        Assert.Single(Shell.Try("Start-EcsImagePipeline ip-1").Errors);
        var tokens = _build.Service.Requests.Where(static r => r.Action == "StartImagePipelineExecution").Select(static r => r.Query("ClientToken")).ToArray();
        Assert.True(tokens.Length > 1 && tokens.Distinct().Count() == 1, string.Join(' ', tokens));
    }

    [Theory]
    [InlineData("PREPARING")]
    [InlineData("REPAIRING")]
    [InlineData("BUILDING")]
    public void What_can_be_cancelled_is_when_that_is_confirmed(string status)
    {
        _build.Put("exec-1", State(status), State(status), State(status), State("CANCELLING"));
        Assert.Empty(Shell.Run("Stop-EcsImagePipelineExecution exec-1 -WhatIf"));
        Assert.Contains(Shell.Host.Lines, static l => l.Contains("exec-1 of pipeline web in cn-hangzhou, stage ", StringComparison.Ordinal));
        Assert.DoesNotContain(_build.Service.Requests, static r => r.Action == "CancelImagePipelineExecution");
        Assert.Equal("ConfirmationRequired", Shell.Error("Stop-EcsImagePipelineExecution exec-1 -Confirm").Code());
        Assert.Equal("CANCELLING", Shell.Text("(Stop-EcsImagePipelineExecution exec-1 -Confirm:$false).Status"));
        Assert.Single(_build.Service.Requests, static r => r.Action == "CancelImagePipelineExecution");
    }

    [Theory]
    [InlineData("TESTING", "is TESTING; it can be cancelled while")]
    [InlineData("SUCCESS", "is SUCCESS already; it can be cancelled while")]
    [InlineData("CANCELLED", "is CANCELLED already; it can be cancelled while")]
    public void What_cannot_be_cancelled_any_more_is_said_to_be_so_without_asking_the_service(string status, string words)
    {
        _build.Put("exec-1", State(status));
        var error = Shell.Error("Stop-EcsImagePipelineExecution exec-1 -Confirm:$false");
        Assert.Equal(("InvalidStatus.CancelFailed", ErrorCategory.InvalidOperation), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains(words, error.Text(), StringComparison.Ordinal);
        Assert.DoesNotContain(_build.Service.Requests, static r => r.Action == "CancelImagePipelineExecution");
    }

    [Fact]
    public void A_pipeline_that_runs_already_is_an_error_that_names_the_ways()
    {
        _build.Refusal = FakeReply.Error(403, "InvalidImagePipeline.HasRunningExecution", "Busy.");
        var error = Shell.Error("Start-EcsImagePipeline ip-1");
        Assert.Equal(("InvalidImagePipeline.HasRunningExecution", ErrorCategory.ResourceBusy), (error.Code(), error.CategoryInfo.Category));
        foreach (var cmdlet in (string[])["Get-", "Wait-", "Stop-"]) Assert.Contains($"{cmdlet}EcsImagePipelineExecution", error.Advice(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-EcsImagePipelineExecution exec-missing")]
    [InlineData("Wait-EcsImagePipelineExecution exec-missing")]
    [InlineData("Stop-EcsImagePipelineExecution exec-missing -Confirm:$false")]
    public void An_id_that_is_not_there_is_an_error(string script)
    {
        var error = Shell.Error(script);
        Assert.Equal(("InvalidImagePipelineExecution.NotFound", ErrorCategory.ObjectNotFound, "exec-missing"), (error.Code(), error.CategoryInfo.Category, (string)error.TargetObject));
        Assert.Contains("Get-EcsImagePipelineExecution", error.Advice(), StringComparison.Ordinal);
    }

    private static string Stages(dynamic execution) => string.Join(", ", ((IEnumerable<object>)execution.Stages).Select(static s => s.ToString()));
}
