using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Tells whether images start on instance types, and why not: one answer for each image and type, with every rule's finding, reason and remedy.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Test-EcsImageCompatibility -InstanceType ecs.g8i.large, ecs.g8y.large</code>
/// <para>Tells whether an image starts on an Intel and on an ARM type.</para>
/// </example>
/// <example>
/// <code>(Get-EcsImage -Name web-2026-11 | Test-EcsImageCompatibility -InstanceType ecs.g8y.large).Problems</code>
/// <para>Lists what is against it, each with a line to run that helps.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstanceType ecs.g8y.* | Test-EcsImageCompatibility (Get-EcsImage -Name web-2026-11) -Suggest</code>
/// <para>Tests one image on all types of a family, and names the nearest types that it does start on.</para>
/// </example>
/// <example>
/// <code>
/// if (Test-EcsImageCompatibility -ImageId (Get-EcsImage -Name web-2026-11) -InstanceType ecs.c7.large -Quiet) { 'It starts.' }
/// </code>
/// <para>Asks for a plain $true or $false, in a script.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Test-EcsImageCompatibility -InstanceType ecs.g7.2xlarge -SizeGiB 100 -Online</code>
/// <para>Tells whether the image of an instance starts on a larger type with a larger disk, and has the service confirm it by a dry run.</para>
/// </example>
[Cmdlet(VerbsDiagnostic.Test, "EcsImageCompatibility")]
[OutputType(typeof(EcsImageCompatibility)), OutputType(typeof(bool))]
[Calls("ecs:DescribeImages", "ecs:DescribeInstanceTypes", "ecs:DescribeImageSupportInstanceTypes", "ecs:RunInstances")]
public sealed class TestEcsImageCompatibilityCommand : EcsRegionCmdlet
{
    private readonly Dictionary<(string Account, string Region), CompatibilityReading> _readings = [];

    /// <summary>The images to test.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The instance types to test them on, such as ecs.g7.large; wildcards work.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsInstanceType))]
    [SupportsWildcards]
    public string[] InstanceType { get; set; } = [];

    /// <summary>The image that came down the pipeline, which need not be read again.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true), Seen(typeof(EcsImage))]
    public EcsImage? SeenImage { get; set; }

    /// <summary>The instance type that came down the pipeline, which need not be read again.</summary>
    [Parameter(ValueFromPipeline = true, DontShow = true), Seen(typeof(EcsInstanceType))]
    public EcsInstanceType? SeenType { get; set; }

    /// <summary>The size of the system disk in GiB; without it, the service's default.</summary>
    [Parameter, Alias("SystemDiskSizeGiB"), SizeGiB]
    public int? SizeGiB { get; set; }

    /// <summary>The category of the system disk, such as cloud_essd.</summary>
    [Parameter, ArgumentCompleter(typeof(DiskCategoryCompleter)), ValidateNotNullOrEmpty]
    public string? SystemDiskCategory { get; set; }

    /// <summary>The performance level of a cloud_essd system disk, PL0 to PL3.</summary>
    [Parameter, ArgumentCompleter(typeof(PerformanceLevelCompleter)), ValidateNotNullOrEmpty]
    public string? PerformanceLevel { get; set; }

    /// <summary>Names the nearest types that an image does start on, where it does not on the one that was asked for: by vCPUs, memory and family, out of what the region offers.</summary>
    [Parameter]
    public SwitchParameter Suggest { get; set; }

    /// <summary>How many types to suggest.</summary>
    [Parameter, ValidateRange(1, 100)]
    public int SuggestCount { get; set; } = 3;

    /// <summary>Asks the service too: which types it lists for the image, and a dry run of a launch, which launches nothing. A warning says where it disagrees with the rules.</summary>
    [Parameter]
    public SwitchParameter Online { get; set; }

    /// <summary>The vSwitch of the dry run; without it, the default one.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VSwitchId { get; set; }

    /// <summary>The security group of the dry run; without it, the default one.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? SecurityGroupId { get; set; }

    /// <summary>Writes $true or $false for each image and type: $true also where there are warnings only.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(SeenImage ?? SeenType ?? (object)ImageId, () =>
    {
        var context = ResolveContext();
        var region = RegionId ?? context.RegionId;
        var key = (context.AccountId, region);
        if (!_readings.TryGetValue(key, out var reading)) _readings[key] = reading = new CompatibilityReading(this, AccessOf(context), region);
        var types = SeenType is not null ? [SeenType] : reading.Types(InstanceType);
        var images = SeenImage is not null ? [SeenImage] : reading.Images(ImageId);
        foreach (var image in images)
            foreach (var type in types)
                ForItem($"{image.ImageId} on {type.InstanceType}", () => Test(reading, image, type));
    });

    private void Test(CompatibilityReading reading, EcsImage image, EcsInstanceType type)
    {
        var question = new CompatibilityQuestion
        {
            RegionId = reading.RegionId,
            SystemDiskSizeGiB = SizeGiB,
            SystemDiskCategory = SystemDiskCategory,
            PerformanceLevel = PerformanceLevel,
            Today = image.SeenOn,
        };
        var judged = CompatibilityRules.Judge(image, type, question);
        if (Online) judged = Await(stop => reading.Online.AskAsync(judged, question, new LaunchPlace(VSwitchId, SecurityGroupId), stop));
        if (judged.Online is { Disagrees: true } online) WriteWarning($"The service and the rules disagree on {image.ImageId} on {type.InstanceType}. {online.Note}");
        if (Quiet)
        {
            WriteObject(judged.Verdict is not EcsCompatibilityVerdict.Incompatible);
            return;
        }
        if (judged.Verdict is EcsCompatibilityVerdict.Incompatible && (Suggest || MyInvocation.BoundParameters.ContainsKey(nameof(SuggestCount))))
            judged = judged with { Suggestions = TypeSuggestions.For(image, type, reading.AllTypes(), question, SuggestCount) };
        WriteObject(judged);
    }
}
