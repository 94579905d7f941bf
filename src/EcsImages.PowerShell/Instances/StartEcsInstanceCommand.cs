using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Instances;

/// <summary>Starts stopped instances.</summary>
/// <example>
/// <code>Get-EcsInstance -Status Stopped | Start-EcsInstance -Wait</code>
/// <para>Starts all stopped instances of the region, and writes each when it is Running.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "EcsInstance", SupportsShouldProcess = true)]
[OutputType(typeof(EcsInstance)), Calls("ecs:StartInstance", "ecs:DescribeInstances")]
public sealed class StartEcsInstanceCommand : EcsRegionCmdlet
{
    private Pending<EcsInstance>? _pending;

    /// <summary>The instances.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(InstanceIdCompleter))]
    [IdOf(typeof(EcsInstance))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>Waits until the instances are Running.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without changing anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsInstance>(this, "Starting instances", static access => FollowKinds.Instance(access, "Running"));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(InstanceId, nameof(InstanceId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var machines = new MachineQueries(access);
        var instance = Await(stop => machines.GetInstanceAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{instance.Name} ({id}) in {instance.RegionId}, {instance.InstanceType}", "Start instance")) return;
        Await(stop => access.CallAsync(EcsApi.StartInstance, instance.RegionId, new StartInstanceRequest
        {
            InstanceId = id,
            DryRun = DryRun ? true : null,
        }, stop));
        if (Wait) _pending!.Add(context, id, instance.RegionId);
        else WriteObject(Await(stop => machines.GetInstanceAsync(id, instance.RegionId, stop)));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, instance) => WriteObject(instance));
}
