using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Gets executions of image pipelines: their stages, what the service says about them, and the images that they made.</summary>
/// <remarks>
/// <para>The service lists the executions of one pipeline: without one, each pipeline of the region is asked for in a call of its own.</para>
/// </remarks>
/// <example>
/// <code>Get-EcsImagePipelineExecution -Status SUCCESS</code>
/// <para>Gets the executions that went well; as a list, they show their stages.</para>
/// </example>
/// <example>
/// <code>Get-EcsImagePipeline -Name web | Get-EcsImagePipelineExecution | Get-EcsImage</code>
/// <para>Gets the images that a pipeline has made.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImagePipelineExecution", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsImagePipelineExecution))]
[Calls("ecs:DescribeImagePipelineExecutions", "ecs:DescribeImagePipelines", "ecs:DescribeRegions")]
public sealed class GetEcsImagePipelineExecutionCommand : EcsListCmdlet
{
    // One set for all: an execution has the id of its pipeline too, and stands for itself.
    /// <summary>The ids of the executions to get. One that does not exist is an error. Without it, all that match.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ExecutionIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImagePipelineExecution))]
    public string[] ExecutionId { get; set; } = [];

    /// <summary>Gets the executions of this pipeline.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImagePipelineIdCompleter)), ValidateNotNullOrEmpty]
    public string? ImagePipelineId { get; set; }

    /// <summary>Gets the executions in these states, such as BUILDING, SUCCESS or FAILED.</summary>
    [Parameter, ArgumentCompleter(typeof(ExecutionStatusCompleter)), ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Tags that the executions must have; a value of $null stands for any.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ExecutionId.Length == 1 ? ExecutionId[0] : ImagePipelineId, () =>
    {
        var context = ResolveContext();
        var executions = new ExecutionQueries(AccessOf(context));
        var regions = RegionsOf(context);
        var filter = new ExecutionFilter
        {
            ImagePipelineId = ImagePipelineId is null ? null : Ids.Check(ImagePipelineId, nameof(ImagePipelineId)),
            Status = Status,
            Tag = TagParameter.Request(Tag),
        };
        if (ExecutionId.Length > 0) this.GetById(ExecutionId, nameof(ExecutionId), regions, executions.FindAsync, static e => e.ExecutionId, ExecutionQueries.NotFound, filter.Lets);
        else StreamRegions(regions, (region, stop) => executions.ListAsync(filter, region, stop), (EcsImagePipelineExecution execution) => WriteObject(execution));
    });
}
