using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>Gets images: by id, or one's own, then shared, then public ones that match.</summary>
/// <example>
/// <code>Get-EcsImage -Family acs:ubuntu_24_04_x64 -Latest</code>
/// <para>Gets the newest public image of Ubuntu 24.04.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-* -ImageType Custom -AllRegion</code>
/// <para>Gets one's own images whose names begin with web-, from all regions.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Platform Ubuntu -Architecture x86_64 -InstanceType ecs.g7.large</code>
/// <para>Gets the Ubuntu images that an instance type can be launched with.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Tag @{ team = 'web' } -Status Available, Deprecated</code>
/// <para>Gets the images with a tag, those that are out of use included.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImage", DefaultParameterSetName = List)]
[OutputType(typeof(EcsImage)), Calls("ecs:DescribeImages", "ecs:DescribeImageFromFamily", "ecs:DescribeRegions")]
public sealed class GetEcsImageCommand : EcsListCmdlet
{
    private const string List = "List";
    private const string ById = "Id";

    /// <summary>The ids of the images to get. One that does not exist is an error.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>Gets images of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = List), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>Public, Custom, Shared, Marketplace or Community. Without it: Custom, Shared and Public.</summary>
    [Parameter(ParameterSetName = List)]
    [Alias("Owner"), OwnerAlias]
    public EcsImageType[]? ImageType { get; set; }

    /// <summary>The image family; wildcards work.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(FamilyCompleter)), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Family { get; set; }

    /// <summary>Gets only the newest: of the family, if one is named, else of all that match in a region.</summary>
    [Parameter(ParameterSetName = List)]
    public SwitchParameter Latest { get; set; }

    /// <summary>linux or windows.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(OSTypeCompleter)), ValidateNotNullOrEmpty]
    public string? OSType { get; set; }

    /// <summary>The distribution, such as Ubuntu; wildcards work.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(PlatformCompleter)), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string? Platform { get; set; }

    /// <summary>x86_64, i386 or arm64.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(ArchitectureCompleter)), ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>Tags that the images must have; a value of $null stands for any.</summary>
    [Parameter(ParameterSetName = List), ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>The states to look for. Without it: one's own in every state but Deprecated, others' when Available.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(ImageStatusCompleter)), ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>instance: used by own instances; none: not used.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(ImageUsageCompleter)), ValidateNotNullOrEmpty]
    public string? Usage { get; set; }

    /// <summary>Gets only images that can be launched on this instance type.</summary>
    [Parameter(ParameterSetName = List)]
    [ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceType { get; set; }

    // The service itself resolves a family to its newest image, where nothing else is asked for.
    private bool IsFamilyAlone => Latest && Family is not null && !WildcardPattern.ContainsWildcardCharacters(Family)
        && (Name ?? Status ?? (object?)ImageType ?? OSType ?? Platform ?? Architecture ?? Tag ?? Usage ?? (object?)InstanceType) is null;

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ImageId.Length == 1 ? ImageId[0] : Name, () =>
    {
        var context = ResolveContext();
        if (ParameterSetName == ById)
            this.GetById(ImageId, nameof(ImageId), RegionsOf(context), new ImageQueries(AccessOf(context)).FindAsync, static i => i.ImageId, ImageQueries.NotFound);
        else
            GetMatching(context);
    });

    private void GetMatching(EcsContext context)
    {
        var name = new NameMatch(Name);
        var family = new NameMatch(Family is null ? null : [Family]);
        var platform = new NameMatch(Platform is null ? null : [Platform]);
        var filter = new ImageFilter
        {
            ImageTypes = ImageType,
            NamePart = name.Part,
            Family = Family is not null && WildcardPattern.ContainsWildcardCharacters(Family) ? null : Family,
            Status = Status is null ? null : string.Join(',', Status),
            OSType = OSType,
            Architecture = Architecture,
            Usage = Usage,
            InstanceType = InstanceType,
            Tags = Tags.Read(Tag),
        };
        var images = new ImageQueries(AccessOf(context));
        var newest = new NewestImages(Family is not null);
        StreamRegions(RegionsOf(context), (region, stop) => IsFamilyAlone ? images.ResolveAsync(Family!, region, stop) : images.ListAsync(filter, region, stop), (EcsImage image) =>
        {
            if (!name.Matches(image.Name) || !family.Matches(image.Family) || !platform.Matches(image.Platform)) return;
            if (Latest) newest.Add(image);
            else WriteObject(image);
        });
        WriteObject(newest.Images, enumerateCollection: true);
    }
}
