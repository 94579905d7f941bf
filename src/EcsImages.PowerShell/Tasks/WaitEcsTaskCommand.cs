using System.Management.Automation;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Tasks;

/// <summary>Waits until tasks are Finished; all that come down the pipeline together. It can be stopped and taken up again, from any shell. A task that failed is an error with its own code.</summary>
/// <example>
/// <code>Get-EcsTask -Status Waiting, Processing | Wait-EcsTask -TimeoutSec 3600</code>
/// <para>Waits for all that is under way, for an hour at the most.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name imported | Get-EcsTask -Action ImportImage | Wait-EcsTask | Get-EcsImage</code>
/// <para>Waits for an import, and gets its image.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "EcsTask")]
[OutputType(typeof(EcsTask)), Calls("ecs:DescribeTasks", "ecs:DescribeTaskAttribute")]
public sealed class WaitEcsTaskCommand : EcsRegionCmdlet
{
    private Pending<EcsTask>? _pending;

    /// <summary>The tasks to wait for.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(TaskIdCompleter))]
    [IdOf(typeof(EcsTask))]
    public string[] TaskId { get; set; } = [];

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsTask>(this, "Waiting for tasks", static access => FollowKinds.Task(access));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(TaskId, nameof(TaskId), id =>
    {
        var context = ResolveContext();
        _pending!.Add(context, id, RegionId ?? context.RegionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, task) => WriteObject(task));
}
