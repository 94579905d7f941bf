using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Snapshots;

/// <summary>Gets snapshots, all or those that match.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Get-EcsSnapshot</code>
/// <para>Gets the snapshots of the disks of an instance.</para>
/// </example>
/// <example>
/// <code>Get-EcsSnapshot -Status accomplished -Usage none</code>
/// <para>Gets the finished snapshots that nothing was made from.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsSnapshot", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsSnapshot)), Calls("ecs:DescribeSnapshots", "ecs:DescribeRegions")]
public sealed class GetEcsSnapshotCommand : EcsListCmdlet
{
    /// <summary>The ids of the snapshots to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(SnapshotIdCompleter))]
    [IdOf(typeof(EcsSnapshot))]
    public string[] SnapshotId { get; set; } = [];

    /// <summary>Gets snapshots of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Gets the snapshots of this disk.</summary>
    [Parameter(ParameterSetName = "List", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DiskIdCompleter)), ValidateNotNullOrEmpty]
    public string? DiskId { get; set; }

    /// <summary>Gets the snapshots of the disks of this instance.</summary>
    [Parameter(ParameterSetName = "List", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceIdCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceId { get; set; }

    /// <summary>progressing, accomplished or failed.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(SnapshotStatusCompleter)), ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    /// <summary>image, disk, image_disk or none: what was made from them.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(SnapshotUsageCompleter)), ValidateNotNullOrEmpty]
    public string? Usage { get; set; }

    /// <summary>Tags that the snapshots must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(SnapshotId.Length == 1 ? SnapshotId[0] : Name, () =>
    {
        var context = ResolveContext();
        var machines = new MachineQueries(AccessOf(context));
        var regions = RegionsOf(context);
        if (ParameterSetName == "Id")
        {
            this.GetById(SnapshotId, nameof(SnapshotId), regions, machines.FindSnapshotsAsync, static s => s.SnapshotId, MachineQueries.SnapshotNotFound);
            return;
        }
        var match = new NameMatch(Name);
        var tags = TagParameter.Request(Tag);
        StreamRegions(regions, (region, stop) => machines.SnapshotsAsync(new DescribeSnapshotsRequest
        {
            RegionId = region,
            DiskId = DiskId,
            InstanceId = InstanceId,
            Status = Status,
            Usage = Usage,
            Tag = tags,
        }, stop), (EcsSnapshot snapshot) =>
        {
            if (match.Matches(snapshot.Name)) WriteObject(snapshot);
        });
    });
}
