using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Ends copying: the unfinished copy goes away with its snapshots.</summary>
/// <example>
/// <code>
/// $copy = Get-EcsImage -Name web-2026-11 | Copy-EcsImage -DestinationRegionId cn-beijing
/// $copy | Stop-EcsImageCopy
/// </code>
/// <para>Ends a copy that has just been begun.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "EcsImageCopy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[Calls("ecs:CancelCopyImage", "ecs:DescribeImages")]
public sealed class StopEcsImageCopyCommand : EcsRegionCmdlet
{
    /// <summary>The unfinished copies, by their own ids, in the region that they are copied to.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var copy = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        if (Confirms($"{copy.Name} ({id}) in {copy.RegionId}, {copy.ProgressPercent}% copied", "Stop copying image"))
            Await(stop => new ImageChanges(access).CancelCopyAsync(id, copy.RegionId, stop));
    });
}
