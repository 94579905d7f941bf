using System.Management.Automation;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Tasks;

/// <summary>Ends imports and exports that are under way. The unfinished image of an import goes away; an export leaves no files.</summary>
/// <example>
/// <code>Get-EcsTask -Action ImportImage -Status Waiting, Processing | Stop-EcsTask -Confirm:$false</code>
/// <para>Ends all imports that are under way.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "EcsTask", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(EcsTask)), Calls("ecs:CancelTask", "ecs:DescribeTasks", "ecs:DescribeTaskAttribute")]
public sealed class StopEcsTaskCommand : EcsRegionCmdlet
{
    /// <summary>The tasks to end.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(TaskIdCompleter))]
    [IdOf(typeof(EcsTask))]
    public string[] TaskId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(TaskId, nameof(TaskId), id =>
    {
        var context = ResolveContext();
        var tasks = new TaskQueries(AccessOf(context));
        var task = Await(stop => tasks.GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms(Describe(task), "Stop task")) return;
        Await(stop => tasks.CancelAsync(id, task.RegionId, stop));
        WriteObject(Await(stop => tasks.GetAsync(id, task.RegionId, stop)));
    });

    private static string Describe(EcsTask task)
    {
        var resource = task.ResourceId is { } id ? $" of {id}" : "";
        return $"{task.Action ?? "Task"} {task.TaskId}{resource} in {task.RegionId}, {task.Status}{(task.ProgressPercent is { } percent ? $", {percent}% done" : "")}";
    }
}
