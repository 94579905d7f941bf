using System.Text.Json;
using EcsImages.Core.Oos;
using EcsImages.Core.Workflows.Updating;

namespace EcsImages.Core.Tests.Workflows.Updating;

public sealed class UpdateReadingTests
{
    [Theory]
    [InlineData("""{"sourceImageId":"m-1","whetherCreateVpc":true,"targetImageName":"new"}""")]
    [InlineData("\"{\\\"sourceImageId\\\":\\\"m-1\\\",\\\"whetherCreateVpc\\\":\\\"true\\\",\\\"targetImageName\\\":\\\"new\\\"}\"")]
    public void Parameters_are_read_as_an_object_and_as_text(string parameters)
    {
        var update = UpdateReading.Read(Reply($$"""{"ExecutionId":"exec-1","Status":"Running","Parameters":{{parameters}},"CurrentTasks":[null,{"TaskName":"runInstances"}],"StatusMessage":"\"\"","CreateDate":"2026-12-01T08:00:00Z"}"""), "cn-hangzhou", "1");
        Assert.Equal(("m-1", "new", 4, 10, "task 4 of 10: runInstances"), (update.SourceImageId, update.ImageName, update.TaskNumber, update.TaskCount, update.State));
        Assert.Null(update.Message);
        Assert.Equal(new DateTimeOffset(2026, 12, 1, 8, 0, 0, TimeSpan.Zero), update.CreationTime);
        Assert.False(update.IsOver);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ExecutionId":null,"Status":null,"Parameters":null,"Outputs":null,"CurrentTasks":null}""")]
    [InlineData("""{"ExecutionId":"exec-1","Status":"Success","Parameters":"no json","Outputs":"[1]","CurrentTasks":[]}""")]
    [InlineData("""{"ExecutionId":"exec-1","Status":"Success","Parameters":7,"Outputs":{"imageId":null}}""")]
    public void An_answer_that_lacks_what_it_should_have_is_read_all_the_same(string json)
    {
        var update = UpdateReading.With(UpdateReading.Read(Reply(json), "cn-hangzhou", "1"), []);
        Assert.Null(update.ImageId);
        Assert.Null(update.TaskNumber);
        Assert.Equal(7, update.TaskCount);
    }

    [Fact]
    public void A_task_that_the_template_has_got_since_is_named_without_a_number() =>
        Assert.Equal("scanForViruses", UpdateReading.Read(Reply("""{"ExecutionId":"exec-1","Status":"Running","CurrentTasks":[{"TaskName":"scanForViruses"}]}"""), "cn-hangzhou", "1").State);

    [Fact]
    public void A_success_has_the_image_and_what_the_command_wrote()
    {
        var update = UpdateReading.With(
            UpdateReading.Read(Reply("""{"ExecutionId":"exec-1","Status":"Success","Outputs":"{\"imageId\":\"m-2\"}"}"""), "cn-hangzhou", "1"),
            [new() { TaskName = "runCommand", Status = "Success", Outputs = """{"invocationOutput":"Complete!"}""" }, new() { TaskName = "configurePackage", Status = "Skipped" }]);
        Assert.Equal(("m-2", "Complete!"), (update.ImageId, update.CommandOutput));
        Assert.Null(update.CurrentTask);
    }

    [Fact]
    public void A_failure_is_told_with_its_task_its_words_what_is_left_and_the_end_of_the_log()
    {
        var update = UpdateReading.With(
            UpdateReading.Read(Reply("""{"ExecutionId":"exec-1","Status":"Failed","StatusMessage":"whole","Parameters":{"sourceImageId":"m-1","whetherCreateVpc":true}}"""), "cn-hangzhou", "1"),
            [
                new() { TaskName = "createStack", Status = "Success", Outputs = """{"stackId":"stack-1"}""" },
                new() { TaskName = "runInstances", Status = "Success", Outputs = """{"instanceId":"i-1"}""" },
                new() { TaskName = "stopInstance", Status = "Failed", StatusMessage = "IncorrectInstanceStatus: no.", TaskExecutionId = "t" },
            ]) with
        {
            Log = [.. Enumerable.Range(1, 9).Select(static i => UpdateReading.Read(new ExecutionLogReply { Message = $"line {i}", TaskExecutionId = "t" }, []))],
        };
        var failure = UpdateFollowing.Failure(update);
        Assert.Equal("ImageUpdateFailed", failure.Code);
        Assert.StartsWith("The update exec-1 of image m-1 in cn-hangzhou failed at task 7 of 10: stopInstance. IncorrectInstanceStatus: no. The instance i-1 is still there: "
            + "delete it with Remove-EcsInstance i-1 -RegionId cn-hangzhou -Force. The stack stack-1 with its network is still there", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith("\n  line 4\n  line 5\n  line 6\n  line 7\n  line 8\n  line 9", failure.Message, StringComparison.Ordinal);
    }

    private static ExecutionReply Reply(string json) => JsonSerializer.Deserialize(json, OosJson.Default.ExecutionReply)!;
}
