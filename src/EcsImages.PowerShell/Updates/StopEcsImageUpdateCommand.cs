using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Updates;

/// <summary>Breaks off updates of images that are under way. The service deletes the instance that it has launched before they are Cancelled; no image is made.</summary>
/// <example>
/// <code>Get-EcsImageUpdate -Status Started, Running | Stop-EcsImageUpdate -Confirm:$false</code>
/// <para>Breaks off all updates that are under way.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "EcsImageUpdate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EcsImageUpdate)), Calls("oos:CancelExecution", "oos:ListExecutions", "oos:ListTaskExecutions")]
public sealed class StopEcsImageUpdateCommand : EcsRegionCmdlet
{
    /// <summary>The updates to break off.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageUpdateIdCompleter))]
    [IdOf(typeof(EcsImageUpdate))]
    public string[] ExecutionId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ExecutionId, nameof(ExecutionId), id =>
    {
        var context = ResolveContext();
        var updates = new ImageUpdates(AccessOf(context));
        var update = Await(stop => updates.GetAsync(id, RegionId ?? context.RegionId, stop));
        if (update.IsOver)
            throw new PreconditionException("ImageUpdateEnded", $"The update {id} in {update.RegionId} has ended: {update.Status}. There is nothing left to stop."
                + (update.ImageId is { } image ? $" Remove-EcsImage {image} deletes the image that it has made." : ""));
        if (!Confirms($"{id} of image {update.SourceImageId} in {update.RegionId}, {update.State}", "Stop update")) return;
        Await(stop => updates.CancelAsync(id, update.RegionId, stop));
        WriteObject(Await(stop => updates.GetAsync(id, update.RegionId, stop)));
    });
}
