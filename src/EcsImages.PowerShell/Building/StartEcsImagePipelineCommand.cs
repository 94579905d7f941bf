using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Runs image pipelines: each makes an image of what it builds on, and brings it where it is to go.</summary>
/// <remarks>
/// <para>An execution goes through the stages that its pipeline has: Prepare, Repair, Build (which makes the image), Test, Distribute, Share and Release. -Wait shows them as they come.</para>
/// <para>An execution that failed, did not pass its test or was cancelled is an error that says where and why. One whose image did not come to all regions is written, and is an error too.</para>
/// <para>The instance that the service builds on is billed while it is there. A pipeline has one execution at a time.</para>
/// </remarks>
/// <example>
/// <code>Get-EcsImagePipeline -Name web | Start-EcsImagePipeline -Wait | Get-EcsImage</code>
/// <para>Runs a pipeline, shows its stages, and writes the image that it made.</para>
/// </example>
/// <example>
/// <code>Start-EcsImagePipeline -Name web -ClientToken monthly-2026-12</code>
/// <para>Starts a pipeline by its name, and does not wait; a runbook that is run again after a crash starts no second execution. Wait-EcsImagePipelineExecution follows it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "EcsImagePipeline", DefaultParameterSetName = ById, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImagePipelineExecution))]
[Calls("ecs:StartImagePipelineExecution", "ecs:DescribeImagePipelineExecutions", "ecs:DescribeImagePipelines")]
public sealed class StartEcsImagePipelineCommand : EcsRegionCmdlet
{
    private const string ById = "Id";
    private const string ByName = "Name";
    private Pending<EcsImagePipelineExecution>? _pending;

    /// <summary>The pipelines to run.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImagePipelineIdCompleter))]
    [IdOf(typeof(EcsImagePipeline))]
    public string[] ImagePipelineId { get; set; } = [];

    /// <summary>The name of the pipeline to run, which only one may have.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByName), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Tags of the execution.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Waits until the image is made, distributed and shared.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>A name for this request: run again with the same one, it starts no second execution.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImagePipelineExecution>(this, "Building images", static access => ExecutionFollowing.Kind(access, justMade: true));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ByName) ForItem(Name, () => Run((pipelines, region, stop) => pipelines.GetNamedAsync(Name!, region, stop)));
        else ForEachItem(ImagePipelineId, nameof(ImagePipelineId), id => Run((pipelines, region, stop) => pipelines.GetAsync(id, region, stop)));
    }

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, execution) => this.Write(execution!));

    private void Run(Func<PipelineQueries, string, CancellationToken, Task<EcsImagePipeline>> find)
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var pipeline = Await(stop => find(new PipelineQueries(access), RegionId ?? context.RegionId, stop));
        if (!Confirms(Target(pipeline), "Start image pipeline")) return;
        var execution = Await(stop => new ExecutionQueries(access).StartAsync(pipeline, new StartImagePipelineExecutionRequest
        {
            RegionId = pipeline.RegionId,
            ImagePipelineId = pipeline.ImagePipelineId,
            Tag = TagParameter.Request(Tag),
            ClientToken = ClientTokens.For(ClientToken, $"{pipeline.RegionId}/{pipeline.ImagePipelineId}"),
        }, stop));
        if (Wait) _pending!.Add(context, execution.ExecutionId, execution.RegionId);
        else WriteObject(execution);
    }

    private static string Target(EcsImagePipeline pipeline)
    {
        var regions = pipeline.DestinationRegionId.Count > 0 ? $", for {string.Join(", ", pipeline.DestinationRegionId)}" : "";
        var accounts = pipeline.AccountId.Count > 0 ? $", shared with {string.Join(", ", pipeline.AccountId)}" : "";
        return $"{pipeline.Name} ({pipeline.ImagePipelineId}) in {pipeline.RegionId}, which builds on {pipeline.BaseImage}{regions}{accounts}";
    }
}
