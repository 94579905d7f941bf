using System.Globalization;
using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Choice;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>Chooses images: those that suit a workload, a need and an instance type, the best first and with reasons; or the successor of an image that is past its end of life.</summary>
/// <example>
/// <code>Find-EcsImage 'SQL Server' -InstanceType ecs.g7.large</code>
/// <para>Ranks the images for SQL Server that start on an instance type.</para>
/// </example>
/// <example>
/// <code>Find-EcsImage 'centos replacement' -InstanceType ecs.g8y.large -First 1 | New-EcsInstance -InstanceType ecs.g8y.large</code>
/// <para>Launches the best replacement of CentOS on a type with ARM processors.</para>
/// </example>
/// <example>
/// <code>Find-EcsImage -Platform Ubuntu, Debian -License Free -SupportedUntil 2029-01-01 -Explain</code>
/// <para>Ranks free images of two systems that are supported for years to come, and says of all others what left them out.</para>
/// </example>
/// <example>
/// <code>Find-EcsImage -ReplacementFor ubuntu_18_04_x64_20G_alibase_20230727.vhd -InstanceType ecs.g7.large</code>
/// <para>Names the newest successor of an image that no longer exists, which starts on the same type.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Find-EcsImage</code>
/// <para>Names the successor of the image that an instance was made of, which starts on the instance's type.</para>
/// </example>
[Cmdlet(VerbsCommon.Find, "EcsImage", DefaultParameterSetName = Choice)]
[OutputType(typeof(EcsImageChoice)), Calls("ecs:DescribeImages", "ecs:DescribeInstanceTypes", "ecs:DescribeInstances", "ecs:DescribeRegions")]
public sealed class FindEcsImageCommand : EcsListCmdlet
{
    private const string Choice = "Choice";
    private const string Replacement = "Replacement";
    private const int YearOfNoMistake = 2000;

    private static readonly EcsImageType[] Trusted = [EcsImageType.Public, EcsImageType.Custom];

    private ImageQuestion _question = new() { Today = default };

    /// <summary>What the instances are to do, such as 'SQL Server', 'file server', 'web', 'centos replacement' or 'Red Hat support'; the name of an operating system works too.</summary>
    [Parameter(Position = 0, ParameterSetName = Choice), ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(WorkloadCompleter))]
    public string? Workload { get; set; }

    /// <summary>What is wanted of the image: 'Clean OS' (public images), 'Own environment' (one's own) or 'Application stack' (of the Marketplace).</summary>
    [Parameter(ParameterSetName = Choice), ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(NeedCompleter))]
    public string? Need { get; set; }

    /// <summary>The images to find successors of: ids, also of images that no longer exist; families; or systems such as 'CentOS 7.9'.</summary>
    [Parameter(Mandatory = true, ParameterSetName = Replacement, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ImageId", "Id"), ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImage))]
    public string[] ReplacementFor { get; set; } = [];

    /// <summary>Types that the image must start on, each of them. With -ReplacementFor and without it: those of one's own instances of the old image.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(InstanceTypeCompleter))]
    public string[]? InstanceType { get; set; }

    /// <summary>Operating systems by name, such as Ubuntu, 'Ubuntu 24.04' or *SUSE*. Only who names CentOS, or a version past its end of life, is given it.</summary>
    [Parameter, Alias("OS"), ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PlatformCompleter)), SupportsWildcards]
    public string[]? Platform { get; set; }

    /// <summary>Images of these names; wildcards work.</summary>
    [Parameter(ParameterSetName = Choice), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Name { get; set; }

    /// <summary>The kinds to choose from. Without it what -Need means, else public images and one's own.</summary>
    [Parameter(ParameterSetName = Choice)]
    [Alias("Owner"), OwnerAlias]
    public EcsImageType[]? ImageType { get; set; }

    /// <summary>linux or windows.</summary>
    [Parameter, ArgumentCompleter(typeof(OSTypeCompleter)), ValidateNotNullOrEmpty]
    public string? OSType { get; set; }

    /// <summary>x86_64, i386 or arm64.</summary>
    [Parameter, ArgumentCompleter(typeof(ArchitectureCompleter)), ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>en-us or zh-cn: the language of images of Windows Server. Images of other systems have none.</summary>
    [Parameter, ArgumentCompleter(typeof(ImageLanguageCompleter)), ValidateNotNullOrEmpty]
    public string? Language { get; set; }

    /// <summary>Free or Commercial.</summary>
    [Parameter]
    public EcsImageLicense? License { get; set; }

    /// <summary>A day on which the operating system must still be supported, such as 2030-01-01; an end that is not known does not count.</summary>
    [Parameter]
    public DateTime? SupportedUntil { get; set; }

    /// <summary>How many to write of each region. Without it all; with -ReplacementFor the best one for each image.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? First { get; set; }

    /// <summary>Writes also what was left out, with what left it out.</summary>
    [Parameter]
    public SwitchParameter Explain { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        try
        {
            _question = Read();
        }
        catch (CmdletInputException e)
        {
            ThrowTerminatingError(e.ToErrorRecord(null));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == Replacement) foreach (var old in ReplacementFor) ForItem(old, () => Replace(old));
        else ForItem(Workload, () => Choose(ResolveContext()));
    }

    private void Choose(EcsContext context)
    {
        var choosing = new ImageChoosing(AccessOf(context));
        var asked = _question with { Today = choosing.Today };
        var filter = new ImageFilter { ImageTypes = ImageType ?? (asked.Need is { } need ? [need.ImageType] : Trusted), NamePart = new NameMatch(Name).Part };
        StreamRegions(RegionsOf(context), (region, stop) => choosing.ChooseAsync(asked, Types, filter, region, stop), (RankedRegion found) => Write(found, First, "answers that"));
    }

    private void Replace(string old)
    {
        if (WildcardPattern.ContainsWildcardCharacters(old))
            throw new CmdletInputException("InvalidId", $"'{old}' has wildcards, and one image is replaced at a time.", "Pipe images in: Get-EcsImage -Name ... | Find-EcsImage.");
        var context = ResolveContext();
        var choosing = new ImageChoosing(AccessOf(context));
        foreach (var region in RegionsOf(context))
        {
            ForItem(old, () => Write(Await(stop => choosing.ReplaceAsync(old, _question with { Today = choosing.Today }, Types, region, stop)), First ?? 1, $"can take the place of {old}"));
        }
    }

    private IReadOnlyList<string> Types => InstanceType ?? [];

    private void Write(RankedRegion found, int? most, string what)
    {
        WriteObject(found.Images.Ranked.Take(most ?? int.MaxValue), enumerateCollection: true);
        if (Explain) WriteObject(found.Images.LeftOut, enumerateCollection: true);
        if (found.Images.Ranked.Count > 0) return;
        WriteWarning(Nothing(found, what) + (Explain || found.Images.LeftOut.Count == 0 ? "" : " -Explain says why of each."));
    }

    private static string Nothing(RankedRegion found, string what) => found.Images switch
    {
        { LeftOut.Count: 0 } => $"There is no image of that kind in {found.RegionId}.",
        { Living: { } system } => string.Create(CultureInfo.InvariantCulture, $"Nothing in {found.RegionId} {what}, nor needs to: it is the newest that fits, and {system.Name} is supported until {system.EndOfLife:yyyy-MM-dd}."),
        var images => $"No image in {found.RegionId} {what}. Of {images.LeftOut.Count} there were left out: {images.WhatExcluded}.",
    };

    private ImageQuestion Read()
    {
        var (workload, system) = Workload is null ? default : SaidChoice.Workload(Workload);
        if (Workload is not null && workload is null && system is null)
            throw new CmdletInputException("UnknownWorkload", $"'{Workload}' is no workload that the module knows. Known are: {string.Join(", ", Workloads.All.Select(static w => $"'{w.Name}'"))}.",
                "Tab completes -Workload. Without it, name an operating system with -Platform, or -OSType.");
        var need = Need is null ? null : SaidChoice.Need(Need) ?? throw new CmdletInputException("UnknownNeed",
            $"'{Need}' is no need that the module knows. Known are: {string.Join(", ", Needs.All.Select(static n => $"'{n.Name}'"))}.", "Tab completes -Need. Without it, name kinds of images with -ImageType.");
        if (SupportedUntil is { Year: < YearOfNoMistake } early)
            throw new CmdletInputException("InvalidDate", $"-SupportedUntil of the year {early.Year} is long past: PowerShell makes a date of the year 1 out of a plain number.", "Write a whole date, such as 2030-12-31.");
        var name = new NameMatch(Name);
        return new ImageQuestion
        {
            Workload = workload,
            Need = need,
            Systems = [.. (Platform ?? []).Select(static p => new NamedSystem(p, WildcardPattern.ContainsWildcardCharacters(p) ? NameMatch.Pattern(p).IsMatch : null)), .. system is null ? Array.Empty<NamedSystem>() : [system]],
            IsNamed = Name is null ? null : name.Matches,
            OSType = OSType,
            Architecture = Architecture,
            Language = Language is null ? null : SaidChoice.Language(Language) ?? throw new CmdletInputException("UnknownLanguage", $"There are no images in '{Language}'.", "Write en-us or zh-cn."),
            License = License,
            SupportedUntil = SupportedUntil is { } day ? DateOnly.FromDateTime(day) : null,
            Today = default,
        };
    }
}
