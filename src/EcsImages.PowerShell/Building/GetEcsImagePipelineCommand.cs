using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Gets image pipelines: what is built, from what, and where the image goes.</summary>
/// <example>
/// <code>Get-EcsImagePipeline -Name web*</code>
/// <para>Gets pipelines by their names; as a list, they show all that they say.</para>
/// </example>
/// <example>
/// <code>Get-EcsImagePipeline -Name web | Get-EcsImagePipelineExecution</code>
/// <para>Gets the executions of a pipeline.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImagePipeline", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsImagePipeline)), Calls("ecs:DescribeImagePipelines", "ecs:DescribeRegions")]
public sealed class GetEcsImagePipelineCommand : EcsListCmdlet
{
    /// <summary>The ids of the pipelines to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImagePipelineIdCompleter))]
    [IdOf(typeof(EcsImagePipeline))]
    public string[] ImagePipelineId { get; set; } = [];

    /// <summary>Gets pipelines of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Tags that the pipelines must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ImagePipelineId.Length == 1 ? ImagePipelineId[0] : Name, () =>
    {
        var context = ResolveContext();
        var pipelines = new PipelineQueries(AccessOf(context));
        var regions = RegionsOf(context);
        if (ParameterSetName == "Id")
        {
            this.GetById(ImagePipelineId, nameof(ImagePipelineId), regions, pipelines.FindAsync, static p => p.ImagePipelineId, PipelineQueries.NotFound);
            return;
        }
        var name = new NameMatch(Name);
        var tags = TagParameter.Request(Tag);
        StreamRegions(regions, (region, stop) => pipelines.ListAsync(new DescribeImagePipelinesRequest { RegionId = region, Name = Exact.Of(Name), Tag = tags }, stop),
            (EcsImagePipeline pipeline) =>
            {
                if (name.Matches(pipeline.Name)) WriteObject(pipeline);
            });
    });
}
