using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Instances;

/// <summary>Stops running instances.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Stop-EcsInstance -Wait</code>
/// <para>Shuts an instance down, and writes it when it is Stopped.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Stop-EcsInstance -StoppedMode StopCharging</code>
/// <para>Shuts an instance down, and pays no longer for what it does not use then.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "EcsInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EcsInstance)), Calls("ecs:StopInstance", "ecs:DescribeInstances")]
public sealed class StopEcsInstanceCommand : EcsRegionCmdlet
{
    private Pending<EcsInstance>? _pending;

    /// <summary>The instances.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(InstanceIdCompleter))]
    [IdOf(typeof(EcsInstance))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The API's Force: cuts the power instead of shutting the system down; what it has not written is lost.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>StopCharging or KeepCharging.</summary>
    [Parameter, ArgumentCompleter(typeof(StoppedModeCompleter)), ValidateNotNullOrEmpty]
    public string? StoppedMode { get; set; }

    /// <summary>Waits until the instances are Stopped.</summary>
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
        _pending = new Pending<EcsInstance>(this, "Stopping instances", static access => FollowKinds.Instance(access, "Stopped"));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(InstanceId, nameof(InstanceId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var machines = new MachineQueries(access);
        var instance = Await(stop => machines.GetInstanceAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{instance.Name} ({id}) in {instance.RegionId}, {instance.InstanceType}", "Stop instance")) return;
        Await(stop => access.CallAsync(EcsApi.StopInstance, instance.RegionId, new StopInstanceRequest
        {
            InstanceId = id,
            DryRun = DryRun ? true : null,
            ForceStop = Force ? true : null,
            StoppedMode = StoppedMode,
        }, stop));
        if (Wait) _pending!.Add(context, id, instance.RegionId);
        else WriteObject(Await(stop => machines.GetInstanceAsync(id, instance.RegionId, stop)));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, instance) => WriteObject(instance));
}
