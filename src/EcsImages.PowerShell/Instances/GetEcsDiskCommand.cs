using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Instances;

/// <summary>Gets cloud disks, all or those that match.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Get-EcsDisk</code>
/// <para>Gets the disks of an instance.</para>
/// </example>
/// <example>
/// <code>Get-EcsDisk -DiskType data -Status In_use -AllRegion</code>
/// <para>Gets the attached data disks of all regions.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsDisk", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsDisk)), Calls("ecs:DescribeDisks", "ecs:DescribeRegions")]
public sealed class GetEcsDiskCommand : EcsListCmdlet
{
    /// <summary>The ids of the disks to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(DiskIdCompleter))]
    [IdOf(typeof(EcsDisk))]
    public string[] DiskId { get; set; } = [];

    /// <summary>Gets disks of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Gets the disks of this instance.</summary>
    [Parameter(ParameterSetName = "List", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceIdCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceId { get; set; }

    /// <summary>system or data.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(DiskTypeCompleter)), ValidateNotNullOrEmpty]
    public string? DiskType { get; set; }

    /// <summary>In_use, Available, and so on.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(DiskStatusCompleter)), ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    /// <summary>Tags that the disks must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(DiskId.Length == 1 ? DiskId[0] : Name, () =>
    {
        var context = ResolveContext();
        var machines = new MachineQueries(AccessOf(context));
        var regions = RegionsOf(context);
        if (ParameterSetName == "Id")
        {
            this.GetById(DiskId, nameof(DiskId), regions, machines.FindDisksAsync, static d => d.DiskId, MachineQueries.DiskNotFound);
            return;
        }
        var match = new NameMatch(Name);
        var tags = TagParameter.Request(Tag);
        StreamRegions(regions, (region, stop) => machines.DisksAsync(new DescribeDisksRequest
        {
            RegionId = region,
            InstanceId = InstanceId,
            DiskType = DiskType,
            Status = Status,
            Tag = tags,
        }, stop), (EcsDisk disk) =>
        {
            if (match.Matches(disk.Name)) WriteObject(disk);
        });
    });
}
