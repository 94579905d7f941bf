using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>
/// Waits until executions of image pipelines are done; all that come down the pipeline together. It can be stopped and taken up again, from any shell. One
/// that failed, did not pass its test or was cancelled is an error that says where and why; one whose image did not come to all regions is written, and is
/// an error too.
/// </summary>
/// <example>
/// <code>Start-EcsImagePipeline -Name web | Wait-EcsImagePipelineExecution -TimeoutSec 7200 | Get-EcsImage</code>
/// <para>Starts a pipeline, waits for it for two hours at the most, and gets the image.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "EcsImagePipelineExecution")]
[OutputType(typeof(EcsImagePipelineExecution)), Calls("ecs:DescribeImagePipelineExecutions", "ecs:DescribeImagePipelines")]
public sealed class WaitEcsImagePipelineExecutionCommand : EcsRegionCmdlet
{
    private Pending<EcsImagePipelineExecution>? _pending;

    /// <summary>The executions to wait for.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ExecutionIdCompleter))]
    [IdOf(typeof(EcsImagePipelineExecution))]
    public string[] ExecutionId { get; set; } = [];

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImagePipelineExecution>(this, "Waiting for builds", static access => ExecutionFollowing.Kind(access));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ExecutionId, nameof(ExecutionId), id =>
    {
        var context = ResolveContext();
        _pending!.Add(context, id, RegionId ?? context.RegionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, execution) => this.Write(execution!));
}
