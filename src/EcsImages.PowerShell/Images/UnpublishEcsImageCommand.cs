using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Takes images back from the community. Accounts that they were shared with keep access.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-public | Unpublish-EcsImage</code>
/// <para>Takes an image back from the community.</para>
/// </example>
[Cmdlet(VerbsData.Unpublish, "EcsImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EcsImage)), Calls("ecs:ModifyImageSharePermission", "ecs:DescribeImages")]
public sealed class UnpublishEcsImageCommand : EcsRegionCmdlet
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
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}", "Take image back from the community")) return;
        Await(stop => new ImageChanges(access).PublishAsync(id, image.RegionId, isPublic: false, DryRun, stop));
        WriteObject(Await(stop => images.GetAsync(id, image.RegionId, stop)));
    });
}
