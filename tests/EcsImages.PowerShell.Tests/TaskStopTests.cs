using System.Management.Automation;

namespace EcsImages.PowerShell.Tests;

public sealed class TaskStopTests(TaskWorld world) : IClassFixture<TaskWorld>
{
    private readonly TestShell _shell = world.Shell;

    [Fact]
    public void A_stopped_import_is_Cancelled_and_its_image_is_gone()
    {
        _shell.Run($"$reply = {TaskWorld.SlowImport("unwanted")}");
        Assert.Equal("Creating", _shell.Text("(Get-EcsImage -Name unwanted).Status"));
        var stopped = Assert.Single(_shell.Run("$reply | Stop-EcsTask"));
        Assert.Equal((_shell.Text("$reply.TaskId"), "Cancelled", _shell.Text("$reply.ImageId")), ((string)stopped.TaskId, (string)stopped.Status, (string)stopped.ImageId));
        Assert.Empty(_shell.Run("Get-EcsImage -Name unwanted"));
        var error = _shell.Error("$reply | Wait-EcsTask");
        Assert.Equal(("TaskCancelled", ErrorCategory.InvalidResult), (error.Code(), error.CategoryInfo.Category));
    }

    [Fact]
    public void A_stopped_export_leaves_no_file_and_its_image_alone()
    {
        _shell.Run($$"""
            $image = {{TaskWorld.Import("kept")}} | Wait-EcsTask | Get-EcsImage
            {{TaskWorld.Slow}}; $export = Invoke-EcsApi ExportImage @{ ImageId = $image.ImageId; OSSBucket = '{{ObjectStore.BucketName}}' } -Confirm:$false; {{TaskWorld.Fast}}
            """);
        Assert.Equal("Cancelled", _shell.Text("($export | Stop-EcsTask -Confirm:$false).Status"));
        Assert.Equal("Available", _shell.Text("($image | Get-EcsImage).Status"));
        Assert.Equal("Finished", _shell.Text($"(Invoke-EcsApi ExportImage @{{ ImageId = $image.ImageId; OSSBucket = '{ObjectStore.BucketName}' }} -Confirm:$false | Wait-EcsTask).Status"));
    }

    [Theory]
    [InlineData("web.raw", "RAW", "Finished")]
    [InlineData("broken.qcow2", "QCOW2", "Failed")]
    public void A_task_that_is_over_cannot_be_stopped_and_the_error_says_what_it_is(string key, string format, string status)
    {
        _shell.Run($"$over = ({TaskWorld.Import("over-" + format, key, format)}).TaskId; $null = Wait-EcsTask $over -ErrorAction SilentlyContinue");
        var error = _shell.Error("Stop-EcsTask $over -Confirm:$false");
        Assert.Equal(("InvalidTaskId.IncorrectTaskStatus", ErrorCategory.InvalidOperation), (error.Code(), error.CategoryInfo.Category));
        Assert.Contains($"is {status} already", error.Text(), StringComparison.Ordinal);
        Assert.Contains("nothing left to stop", error.Advice(), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIf_and_a_host_that_cannot_ask_stop_nothing_and_say_what_it_is_about()
    {
        _shell.Run($"$reply = {TaskWorld.SlowImport("asked")}");
        var said = _shell.Host.Lines.Count;
        Assert.Empty(_shell.Run("$reply | Stop-EcsTask -WhatIf"));
        var line = Assert.Single(_shell.Host.Lines.Skip(said), static l => l.Contains("What if", StringComparison.Ordinal));
        foreach (var part in new[] { "ImportImage", _shell.Text("$reply.TaskId"), _shell.Text("$reply.ImageId"), "cn-hangzhou", "% done" }) Assert.Contains(part, line, StringComparison.Ordinal);
        var error = _shell.Error("$reply | Stop-EcsTask -Confirm");
        Assert.Equal("ConfirmationRequired", error.Code());
        Assert.Contains("-Confirm:$false", error.Advice(), StringComparison.Ordinal);
        Assert.Equal("Processing", _shell.Text("($reply | Get-EcsTask).Status"));
        _shell.Run("$null = $reply | Stop-EcsTask");
    }

    [Fact]
    public void Each_of_several_ids_gives_one_task_or_one_error()
    {
        var run = _shell.Try($"$one = {TaskWorld.SlowImport("several-1")}; $two = {TaskWorld.SlowImport("several-2")}; $one.TaskId, 't-missing', $two.TaskId | Stop-EcsTask");
        Assert.Equal(_shell.Texts("$one.TaskId; $two.TaskId"), run.Output.Select(static t => (string)t.TaskId));
        Assert.Equal("t-missing", Assert.Single(run.Errors).TargetObject);
    }
}
