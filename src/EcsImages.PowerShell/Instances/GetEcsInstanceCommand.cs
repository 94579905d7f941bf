using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Instances;

/// <summary>Gets instances, all or those that match.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-* -Status Running</code>
/// <para>Gets the running instances whose names begin with web-.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Get-EcsInstance</code>
/// <para>Gets the instances that were made of an image.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsInstance", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsInstance)), Calls("ecs:DescribeInstances", "ecs:DescribeRegions")]
public sealed class GetEcsInstanceCommand : EcsListCmdlet
{
    /// <summary>The ids of the instances to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(InstanceIdCompleter))]
    [IdOf(typeof(EcsInstance))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Gets instances of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Gets instances that were made from this image.</summary>
    [Parameter(ParameterSetName = "List", ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    public string? ImageId { get; set; }

    /// <summary>Gets instances of this type.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceType { get; set; }

    /// <summary>Pending, Starting, Running, Stopping or Stopped.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(InstanceStatusCompleter)), ValidateNotNullOrEmpty]
    public string? Status { get; set; }

    /// <summary>Tags that the instances must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(InstanceId.Length == 1 ? InstanceId[0] : Name, () =>
    {
        var context = ResolveContext();
        var machines = new MachineQueries(AccessOf(context));
        var regions = RegionsOf(context);
        if (ParameterSetName == "Id")
        {
            this.GetById(InstanceId, nameof(InstanceId), regions, machines.FindInstancesAsync, static i => i.InstanceId, MachineQueries.InstanceNotFound);
            return;
        }
        var match = new NameMatch(Name);
        StreamRegions(regions, (region, stop) => machines.InstancesAsync(new DescribeInstancesRequest
        {
            RegionId = region,
            ImageId = ImageId,
            InstanceType = InstanceType,
            Status = Status,
            Tag = TagParameter.Request(Tag),
        }, stop), (EcsInstance instance) =>
        {
            if (match.Matches(instance.Name)) WriteObject(instance);
        });
    });
}
