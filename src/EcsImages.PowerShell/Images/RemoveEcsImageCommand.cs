using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Deletes custom images. It cannot be undone; their snapshots stay, and instances of them run on, but cannot be reinitialised.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-* | Remove-EcsImage -WhatIf</code>
/// <para>Shows which images would be deleted.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-09 | Remove-EcsImage -Confirm:$false</code>
/// <para>Deletes an image without asking, as in a runbook.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Remove-EcsImage -Force -Confirm:$false</code>
/// <para>Deletes an image that instances still use.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:DeleteImage", "ecs:DescribeImages")]
public sealed class RemoveEcsImageCommand : EcsRegionCmdlet
{
    /// <summary>The images to delete; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The API's Force: deletes an image that instances use. It does not suppress the confirmation; -Confirm:$false does.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Has the service check the request without deleting anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}, {image.SizeGiB} GiB", Force ? "Delete image, even if instances use it" : "Delete image")) return;
        Await(stop => new ImageChanges(access).DeleteAsync(new DeleteImageRequest
        {
            RegionId = image.RegionId,
            ImageId = id,
            Force = Force ? true : null,
            DryRun = DryRun ? true : null,
        }, stop));
    });
}
