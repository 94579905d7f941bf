using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Makes images community images: every account of their region sees them and can use them.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Publish-EcsImage -WhatIf</code>
/// <para>Shows what would be published.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Publish-EcsImage -Confirm:$false</code>
/// <para>Publishes an image in its region without asking, as in a runbook.</para>
/// </example>
[Cmdlet(VerbsData.Publish, "EcsImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EcsImage)), Calls("ecs:ModifyImageSharePermission", "ecs:DescribeImages")]
public sealed class PublishEcsImageCommand : EcsRegionCmdlet
{
    /// <summary>The images; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>Has the service check the request without changing anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var images = new ImageQueries(access);
        var image = Await(stop => images.GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}", "Publish image to everybody")) return;
        Await(stop => new ImageChanges(access).PublishAsync(id, image.RegionId, isPublic: true, DryRun, stop));
        WriteObject(Await(stop => images.GetAsync(id, image.RegionId, stop)));
    });
}
