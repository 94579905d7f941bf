using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Gets how long operating systems are supported, and what to move to: by name, or of images.</summary>
/// <remarks>By name it needs no connection, and the first to end comes first. An end that is not known is empty, never a guess.</remarks>
/// <example>
/// <code>Get-EcsOSLifecycle Ubuntu</code>
/// <para>Gets the dates of all versions of Ubuntu.</para>
/// </example>
/// <example>
/// <code>Get-EcsOSLifecycle 'CentOS 7.9', *SUSE*</code>
/// <para>Gets one version as people write it, and all of some systems.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage | Get-EcsOSLifecycle -EndingWithin 365 -Ended</code>
/// <para>Finds the images whose operating system has ended, or will within a year.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -AllRegion | Get-EcsOSLifecycle</code>
/// <para>Gets the lifecycle of what each instance was made from.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsOSLifecycle", DefaultParameterSetName = ByName)]
[OutputType(typeof(EcsOSLifecycle)), Calls("ecs:DescribeImages")]
public sealed class GetEcsOSLifecycleCommand : EcsRegionCmdlet
{
    private const string ByName = "Name";
    private const string ById = "Id";
    private const string OfImage = "EcsImages.Core.Images.EcsOSLifecycle#Image";
    private const int MostNamed = 10;

    private readonly List<string> _undecided = [];

    /// <summary>The operating systems, such as Ubuntu or 'Ubuntu 24.04'; wildcards and usual short names (rhel, sles) work.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(OSNameCompleter)), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? OS { get; set; }

    /// <summary>The versions, such as 24.04; 7.9 finds CentOS 7, and wildcards work.</summary>
    [Parameter(Position = 1, ParameterSetName = ByName)]
    [ArgumentCompleter(typeof(OSVersionCompleter)), ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[]? Version { get; set; }

    /// <summary>The images whose operating systems are meant: ids, or the images as Get-EcsImage gives them, for which nothing is asked of the service.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ById, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter))]
    [IdOf(typeof(EcsImage), KeepsObjects = true)]
    public object[] ImageId { get; set; } = [];

    /// <summary>Gets only what ends between today and then: a number of days, or a TimeSpan. With -Ended also what has ended.</summary>
    [Parameter]
    [Days]
    public TimeSpan? EndingWithin { get; set; }

    /// <summary>Gets only what is past its end of life.</summary>
    [Parameter]
    public SwitchParameter Ended { get; set; }

    private bool IsFiltered => EndingWithin is not null || Ended;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == ById) this.ForEachImage(ImageId, nameof(ImageId), Write);
        else ForItem(OS ?? Version, WriteNamed);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_undecided.Count == 0) return;
        var more = _undecided.Count > MostNamed ? $" and {_undecided.Count - MostNamed} more" : "";
        WriteWarning($"No end of life is known of {string.Join(", ", _undecided.Take(MostNamed))}{more}; without -EndingWithin and -Ended they are shown too.");
    }

    private void WriteNamed()
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        foreach (var row in LifecycleSearch.Find(OS, Version, Report).OrderBy(static r => r.EndOfLife ?? DateOnly.MaxValue))
            if (!IsFiltered || IsWanted(row, today)) WriteObject(row with { SeenOn = today });
    }

    private void Write(EcsImage image)
    {
        var row = ImageKnowledge.LifecycleOf(image);
        if (IsFiltered && row.EndOfLife is null) _undecided.Add($"{image.ImageId} ({row.Name})");
        if (IsFiltered && !IsWanted(row, image.SeenOn)) return;
        var shown = new PSObject(row);
        shown.TypeNames.Insert(0, OfImage);
        WriteObject(shown);
    }

    private bool IsWanted(EcsOSLifecycle row, DateOnly today) =>
        row.EndOfLife is { } end && (end < today ? Ended.IsPresent : EndingWithin is { } span && end.DayNumber - today.DayNumber <= span.TotalDays);
}
