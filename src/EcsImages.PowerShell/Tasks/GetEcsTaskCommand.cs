using System.Management.Automation;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Tasks;

/// <summary>Gets tasks: what imports, exports and other long work at the service have come to.</summary>
/// <remarks>
/// <para>The service's list of tasks lacks how far they are, their objects and their errors, so that each task is asked for these in a call of its own.</para>
/// </remarks>
/// <example>
/// <code>Get-EcsTask -Status Processing</code>
/// <para>Gets what is under way, with its progress.</para>
/// </example>
/// <example>
/// <code>Get-EcsTask -Action ImportImage -Status Failed -AllRegion</code>
/// <para>Gets the imports that failed, in whatever region. Their ErrorCode and ErrorMessage say why.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name imported | Get-EcsTask</code>
/// <para>Gets the tasks of an image: its import, and its exports.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsTask")]
[OutputType(typeof(EcsTask)), Calls("ecs:DescribeTasks", "ecs:DescribeTaskAttribute", "ecs:DescribeRegions")]
public sealed class GetEcsTaskCommand : EcsListCmdlet
{
    // One set for all: what a job or a reply of ImportImage brings has a TaskId and an ImageId, and stands for its task.
    /// <summary>The ids of the tasks to get. One that does not exist is an error. Without it, all that match.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(TaskIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsTask))]
    public string[] TaskId { get; set; } = [];

    /// <summary>Gets the tasks that were begun by this operation: ImportImage, ExportImage, or another that takes a while.</summary>
    [Parameter, ArgumentCompleter(typeof(TaskActionCompleter)), ValidateNotNullOrEmpty]
    public string? Action { get; set; }

    /// <summary>Gets the tasks in these states: Waiting, Processing, Finished, Failed or Cancelled.</summary>
    [Parameter, ArgumentCompleter(typeof(TaskStatusCompleter)), ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Gets the tasks of this image.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OwnImageIdCompleter)), ValidateNotNullOrEmpty]
    public string? ImageId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(TaskId.Length == 1 ? TaskId[0] : ImageId, () =>
    {
        var context = ResolveContext();
        var tasks = new TaskQueries(AccessOf(context));
        var regions = RegionsOf(context);
        var filter = new TaskFilter { Action = Action, Status = Status, ResourceId = ImageId is null ? null : Ids.Check(ImageId, nameof(ImageId)) };
        if (TaskId.Length > 0) this.GetById(TaskId, nameof(TaskId), regions, tasks.FindAsync, static t => t.TaskId, TaskQueries.NotFound, filter.Lets);
        else StreamRegions(regions, (region, stop) => tasks.ListAsync(filter, region, stop), (EcsTask task) => WriteObject(task));
    });
}
