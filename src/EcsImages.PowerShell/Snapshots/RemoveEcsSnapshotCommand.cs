using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Snapshots;

/// <summary>Deletes snapshots. One that an image uses is refused: delete the image first.</summary>
/// <example>
/// <code>Get-EcsSnapshot -Usage none | Remove-EcsSnapshot -WhatIf</code>
/// <para>Shows which snapshots would be deleted.</para>
/// </example>
/// <example>
/// <code>Get-EcsSnapshot -Name web-data | Remove-EcsSnapshot -Confirm:$false</code>
/// <para>Deletes a snapshot without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsSnapshot", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:DeleteSnapshot", "ecs:DescribeSnapshots")]
public sealed class RemoveEcsSnapshotCommand : EcsRegionCmdlet
{
    /// <summary>The snapshots to delete.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(SnapshotIdCompleter))]
    [IdOf(typeof(EcsSnapshot))]
    public string[] SnapshotId { get; set; } = [];

    /// <summary>The API's Force: deletes a snapshot that disks were made from, which then cannot be reinitialised. It does not suppress the confirmation; -Confirm:$false does.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(SnapshotId, nameof(SnapshotId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var snapshot = Await(stop => new MachineQueries(access).GetSnapshotAsync(id, RegionId ?? context.RegionId, stop));
        if (Confirms($"{snapshot.Name} ({id}) in {snapshot.RegionId}, {snapshot.SizeGiB} GiB", "Delete snapshot"))
            Await(stop => access.CallAsync(EcsApi.DeleteSnapshot, snapshot.RegionId, new DeleteSnapshotRequest { SnapshotId = id, Force = Force ? true : null }, stop));
    });
}
