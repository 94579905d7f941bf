using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Cancels executions of image pipelines while they prepare, repair or build; later ones the service goes through with. They are CANCELLING until what they had is removed.</summary>
/// <example>
/// <code>Start-EcsImagePipeline -Name web | Stop-EcsImagePipelineExecution -Confirm:$false</code>
/// <para>Cancels an execution that has just been started.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "EcsImagePipelineExecution", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EcsImagePipelineExecution))]
[Calls("ecs:CancelImagePipelineExecution", "ecs:DescribeImagePipelineExecutions", "ecs:DescribeImagePipelines")]
public sealed class StopEcsImagePipelineExecutionCommand : EcsRegionCmdlet
{
    /// <summary>The executions to cancel.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ExecutionIdCompleter))]
    [IdOf(typeof(EcsImagePipelineExecution))]
    public string[] ExecutionId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ExecutionId, nameof(ExecutionId), id =>
    {
        var context = ResolveContext();
        var executions = new ExecutionQueries(AccessOf(context));
        var execution = Await(stop => executions.GetAsync(id, RegionId ?? context.RegionId, stop));
        var target = $"{execution.ExecutionId} of pipeline {execution.PipelineName ?? execution.ImagePipelineId} in {execution.RegionId}, {BuildStages.Where(execution)}";
        if (!Confirms(target, "Cancel execution of image pipeline")) return;
        Await(stop => executions.CancelAsync(execution, stop));
        WriteObject(Await(stop => executions.GetAsync(id, execution.RegionId, stop)));
    });
}
