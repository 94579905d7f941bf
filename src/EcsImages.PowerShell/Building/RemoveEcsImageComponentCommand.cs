using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Building;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Deletes versions of image components. What pipelines use, the service does not delete; the error, -WhatIf and the question tell which ones they are.</summary>
/// <example>
/// <code>Get-EcsImageComponent -Name tools | Where-Object Version -like '1.*' | Remove-EcsImageComponent -Confirm:$false</code>
/// <para>Deletes the first versions of a component without asking, as in a runbook.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImageComponent", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:DeleteImageComponent", "ecs:DescribeImageComponents", "ecs:DescribeImagePipelines")]
public sealed class RemoveEcsImageComponentCommand : EcsRegionCmdlet
{
    /// <summary>The components to delete; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageComponentIdCompleter))]
    [IdOf(typeof(EcsImageComponent))]
    public string[] ImageComponentId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageComponentId, nameof(ImageComponentId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var components = new ComponentQueries(access);
        var component = Await(stop => components.GetAsync(id, RegionId ?? context.RegionId, stop));
        // Who said yes beforehand is told by the service.
        IReadOnlyList<string> users = OnlyShows || Asks ? Users(access, component) : [];
        if (!Confirms($"{component.Name} {component.Version} ({id}) in {component.RegionId}", "Delete image component", users)) return;
        try
        {
            Await(stop => components.DeleteAsync(id, component.RegionId, stop));
        }
        catch (AcsException e) when (e.Code is "InvalidImageComponent.InUse")
        {
            var record = e.ToErrorRecord(id);
            var details = $"{record.ErrorDetails.Message}{string.Concat(Users(access, component).Select(static u => $"\n{u}"))}";
            record.ErrorDetails = new ErrorDetails(details) { RecommendedAction = record.ErrorDetails.RecommendedAction };
            WriteError(record);
        }
    });

    private IReadOnlyList<string> Users(EcsAccess access, EcsImageComponent component) =>
        [.. Await(stop => new PipelineQueries(access).UsingAsync(component, stop)).Select(static p => $"  used by the pipeline {p.Name} ({p.ImagePipelineId}): the service does not delete it")];
}
