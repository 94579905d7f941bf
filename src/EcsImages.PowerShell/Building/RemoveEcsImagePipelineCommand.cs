using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Deletes image pipelines together with their executions. The images that they made stay. One that runs has to be waited for, or its execution cancelled, first.</summary>
/// <example>
/// <code>Get-EcsImagePipeline -Name web | Remove-EcsImagePipeline -Confirm:$false</code>
/// <para>Deletes a pipeline without asking, as in a runbook. The service has no call that modifies one: this and New-EcsImagePipeline are the way.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImagePipeline", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:DeleteImagePipeline", "ecs:DescribeImagePipelines")]
public sealed class RemoveEcsImagePipelineCommand : EcsRegionCmdlet
{
    /// <summary>The pipelines to delete.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImagePipelineIdCompleter))]
    [IdOf(typeof(EcsImagePipeline))]
    public string[] ImagePipelineId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImagePipelineId, nameof(ImagePipelineId), id =>
    {
        var context = ResolveContext();
        var pipelines = new PipelineQueries(AccessOf(context));
        var pipeline = Await(stop => pipelines.GetAsync(id, RegionId ?? context.RegionId, stop));
        if (Confirms($"{pipeline.Name} ({id}) in {pipeline.RegionId}, which builds on {pipeline.BaseImage}", "Delete image pipeline and its executions"))
            Await(stop => pipelines.DeleteAsync(id, pipeline.RegionId, stop));
    });
}
