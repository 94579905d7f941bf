using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Instances;

/// <summary>Deletes instances with those of their disks that go with them.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-* | Remove-EcsInstance -WhatIf</code>
/// <para>Shows which instances would be deleted.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-2 | Remove-EcsInstance -Force -Wait -Confirm:$false</code>
/// <para>Deletes a running instance without asking, and waits until it is gone.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsInstance", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[Calls("ecs:DeleteInstance", "ecs:DescribeInstances")]
public sealed class RemoveEcsInstanceCommand : EcsRegionCmdlet
{
    private Pending<EcsInstance>? _pending;

    /// <summary>The instances to delete.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(InstanceIdCompleter))]
    [IdOf(typeof(EcsInstance))]
    public string[] InstanceId { get; set; } = [];

    /// <summary>The API's Force: deletes running instances. It does not suppress the confirmation; -Confirm:$false does.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Waits until the instances are gone.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without deleting anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsInstance>(this, "Deleting instances", static access => FollowKinds.Instance(access, null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(InstanceId, nameof(InstanceId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var instance = Await(stop => new MachineQueries(access).GetInstanceAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{instance.Name} ({id}) in {instance.RegionId}, {instance.InstanceType}, {instance.Status}", "Delete instance")) return;
        Await(stop => access.CallAsync(EcsApi.DeleteInstance, instance.RegionId, new DeleteInstanceRequest
        {
            InstanceId = id,
            Force = Force ? true : null,
            DryRun = DryRun ? true : null,
        }, stop));
        if (Wait) _pending!.Add(context, id, instance.RegionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, static (_, _) => { });
}
