using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Snapshots;

/// <summary>Takes snapshots of disks.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Get-EcsDisk -DiskType system | New-EcsSnapshot -Name before-update -RetentionDays 7 -Wait</code>
/// <para>Takes a snapshot of an instance's system disk that the service deletes after a week.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "EcsSnapshot", SupportsShouldProcess = true)]
[OutputType(typeof(EcsSnapshot)), Calls("ecs:CreateSnapshot", "ecs:DescribeSnapshots", "ecs:DescribeDisks")]
public sealed class NewEcsSnapshotCommand : EcsRegionCmdlet
{
    private Pending<EcsSnapshot>? _pending;

    /// <summary>The disks.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DiskIdCompleter))]
    [IdOf(typeof(EcsDisk))]
    public string[] DiskId { get; set; } = [];

    /// <summary>The name.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>After how many days the service deletes it; without it, never.</summary>
    [Parameter, ValidateRange(1, 65536)]
    public int? RetentionDays { get; set; }

    /// <summary>Tags of the snapshot.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Waits until the snapshots are accomplished.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>A name for this request: run again with the same one, it takes no second snapshot.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsSnapshot>(this, "Taking snapshots", FollowKinds.Snapshot);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(DiskId, nameof(DiskId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var machines = new MachineQueries(access);
        var disk = Await(stop => machines.GetDiskAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{disk.DiskType} disk {id} in {disk.RegionId}, {disk.SizeGiB} GiB", "Take snapshot")) return;
        var reply = Await(stop => access.CallAsync(EcsApi.CreateSnapshot, disk.RegionId, new CreateSnapshotRequest
        {
            DiskId = id,
            SnapshotName = Name,
            Description = Description,
            RetentionDays = RetentionDays,
            Tag = TagParameter.Request(Tag),
            ClientToken = ClientTokens.For(ClientToken, id),
        }, stop));
        var snapshotId = reply.SnapshotId ?? throw new InvalidDataException("CreateSnapshot answered without a SnapshotId.");
        if (Wait) _pending!.Add(context, snapshotId, disk.RegionId);
        else WriteObject(Await(stop => machines.GetNewSnapshotAsync(snapshotId, disk.RegionId, stop)));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, snapshot) => WriteObject(snapshot));
}
