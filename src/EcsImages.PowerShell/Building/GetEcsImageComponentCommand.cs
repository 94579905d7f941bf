using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Gets image components: the parts that builds of images have in common, each version an object of its own.</summary>
/// <example>
/// <code>Get-EcsImageComponent -Name nginx</code>
/// <para>Gets all versions of a component.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageComponent -Name ng* -ComponentType Build -AllRegion</code>
/// <para>Gets the components whose names begin with ng, from all regions.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageComponent", DefaultParameterSetName = "List")]
[OutputType(typeof(EcsImageComponent)), Calls("ecs:DescribeImageComponents", "ecs:DescribeRegions")]
public sealed class GetEcsImageComponentCommand : EcsListCmdlet
{
    /// <summary>The ids of the components to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = "Id", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageComponentIdCompleter))]
    [IdOf(typeof(EcsImageComponent))]
    public string[] ImageComponentId { get; set; } = [];

    /// <summary>Gets components of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The version, such as 1.0.0 or 1.0.*; wildcards work.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Version { get; set; }

    /// <summary>Build or Test.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(ComponentTypeCompleter)), ValidateNotNullOrEmpty]
    public string? ComponentType { get; set; }

    /// <summary>Linux or Windows.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(SystemTypeCompleter)), ValidateNotNullOrEmpty]
    public string? SystemType { get; set; }

    /// <summary>SELF for one's own, ALIYUN for those that Alibaba Cloud provides.</summary>
    [Parameter(ParameterSetName = "List"), ArgumentCompleter(typeof(ComponentOwnerCompleter)), ValidateNotNullOrEmpty]
    public string? Owner { get; set; }

    /// <summary>Tags that the components must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = "List"), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ImageComponentId.Length == 1 ? ImageComponentId[0] : Name, () =>
    {
        var context = ResolveContext();
        var components = new ComponentQueries(AccessOf(context));
        var regions = RegionsOf(context);
        if (ParameterSetName == "Id")
        {
            this.GetById(ImageComponentId, nameof(ImageComponentId), regions, components.FindAsync, static c => c.ImageComponentId, ComponentQueries.NotFound);
            return;
        }
        var (name, version) = (new NameMatch(Name), new NameMatch(Version is null ? null : [Version]));
        var tags = TagParameter.Request(Tag);
        StreamRegions(regions, (region, stop) => components.ListAsync(new DescribeImageComponentsRequest
        {
            RegionId = region,
            Name = Exact.Of(Name),
            ComponentType = ComponentType,
            SystemType = SystemType,
            Owner = Owner,
            Tag = tags,
        }, stop), (EcsImageComponent component) =>
        {
            if (name.Matches(component.Name) && version.Matches(component.Version)) WriteObject(component);
        });
    });
}
