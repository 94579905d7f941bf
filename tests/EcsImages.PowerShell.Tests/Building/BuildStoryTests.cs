using System.Management.Automation;

namespace EcsImages.PowerShell.Tests.Building;

/// <summary>Pipelines that run on the embedded endpoint.</summary>
public sealed class BuildStoryTests(SharedShell shared) : IClassFixture<SharedShell>
{
    private const string Slow = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 0.01";
    private const string Fast = "$us = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou -Speed 10000";

    private readonly TestShell _shell = shared.Shell;

    [Fact]
    public void A_pipeline_that_runs_makes_an_image_that_is_piped_on()
    {
        var run = _shell.Run("$run = New-EcsImagePipeline built -ImageId $image.ImageId -BuildContent 'RUN true' -ImageName built -ImageTag @{ a = 'b' } | Start-EcsImagePipeline -Tag @{ nightly = 1 } -Wait; $run")[0];
        Assert.Equal(("SUCCESS", "built", "1"), ((string)run.Status, (string)run.PipelineName, (string)run.Tags["nightly"]));
        Assert.Equal("Prepare: Done, Build: Done, Release: Done", string.Join(", ", ((IEnumerable<object>)run.Stages).Select(static s => s.ToString())));
        Assert.Contains("not executed", (string)run.Message, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(_shell.Text("\"built_$($run.ExecutionId) b Available\""), _shell.Text("$built = $run | Get-EcsImage; \"$($built.Name) $($built.Tags.a) $($built.Status)\""));
        foreach (var way in (string[])["Get-EcsImagePipelineExecution $run.ExecutionId", "$run | Get-EcsImagePipelineExecution", "Get-EcsImagePipeline -Name built | Get-EcsImagePipelineExecution",
            "Get-EcsImagePipelineExecution -Status success -Tag @{ nightly = 1 }", "$run | Wait-EcsImagePipelineExecution"])
            Assert.Equal(_shell.Text("$run.ExecutionId"), Assert.Single(_shell.Run(way)).ExecutionId);
        _shell.Run("Get-EcsImagePipeline -Name built | Remove-EcsImagePipeline -Confirm:$false");
        Assert.Equal("InvalidImagePipelineExecution.NotFound", _shell.Error("Get-EcsImagePipelineExecution $run.ExecutionId").Code());
        Assert.Single(_shell.Run("$run | Get-EcsImage"));
    }

    [Fact]
    public void A_run_under_way_blocks_another_one_and_the_removal_until_it_is_cancelled()
    {
        _shell.Run($"$busy = New-EcsImagePipeline busy -ImageId $image.ImageId -BuildContent 'RUN true'; {Slow}; $run = $busy | Start-EcsImagePipeline -ClientToken once");
        Assert.Equal("True", _shell.Text("(Start-EcsImagePipeline -Name busy -ClientToken once).ExecutionId -eq $run.ExecutionId"));
        foreach (var script in (string[])["$busy | Start-EcsImagePipeline", "$busy | Remove-EcsImagePipeline -Confirm:$false"])
        {
            var error = _shell.Error(script);
            Assert.Equal(("InvalidImagePipeline.HasRunningExecution", ErrorCategory.ResourceBusy), (error.Code(), error.CategoryInfo.Category));
            Assert.Contains("Stop-EcsImagePipelineExecution", error.Advice(), StringComparison.Ordinal);
        }
        // What is cancelled is cleaned up at the speed of whoever cancels it.
        _shell.Run(Fast);
        Assert.Contains(_shell.Text("$run | Stop-EcsImagePipelineExecution -Confirm:$false | ForEach-Object Status"), (string[])["CANCELLING", "CANCELLED"]);
        Assert.Equal("ImagePipelineExecutionCancelled", _shell.Error("$run | Wait-EcsImagePipelineExecution").Code());
        Assert.Equal("InvalidStatus.CancelFailed", _shell.Error("$run | Stop-EcsImagePipelineExecution -Confirm:$false").Code());
        _shell.Run("$busy | Remove-EcsImagePipeline -Confirm:$false");
        Assert.Empty(_shell.Run("Get-EcsImagePipeline -Name busy"));
    }

    [Fact]
    public void What_fails_at_the_endpoint_says_in_which_stage_and_why()
    {
        // The image to build on goes away after the pipeline was made.
        _shell.Run("$gone = $instance | New-EcsCustomImage -Name gone -Wait; $failing = New-EcsImagePipeline failing -ImageId $gone.ImageId; $gone | Remove-EcsImage -Confirm:$false");
        var error = _shell.Error("$failing | Start-EcsImagePipeline -Wait");
        Assert.Contains(_shell.Text("$gone.ImageId"), error.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public void Tab_offers_pipelines_and_executions()
    {
        _shell.Run("$offered = New-EcsImagePipeline offered -ImageId $image.ImageId; $offeredRun = $offered | Start-EcsImagePipeline -Wait");
        Assert.Contains(_shell.Text("$offered.ImagePipelineId"), _shell.Complete("Start-EcsImagePipeline offe"));
        Assert.Contains(_shell.Text("$offeredRun.ExecutionId"), _shell.Complete("Wait-EcsImagePipelineExecution exec-"));
        Assert.Equal(["PARTITION_SUCCESS"], _shell.Complete("Get-EcsImagePipelineExecution -Status PARTI"));
    }

    [Fact]
    public void The_sample_makes_a_golden_image_and_brings_it_to_two_regions_and_another_account()
    {
        using var shell = new TestShell(connect: false);
        var said = shell.Texts(File.ReadAllText(Path.Combine(StagedModule.RepositoryRoot, "samples", "golden-image.ps1")));
        Assert.Equal(2, said.Count(static l => l.Contains(" is shared with ", StringComparison.Ordinal)));
        foreach (var region in (string[])["cn-hangzhou", "cn-beijing"]) Assert.Contains(said, l => l.Contains($" in {region} is shared with ", StringComparison.Ordinal));
        Assert.Equal("Done.", said[^1]);
    }
}
