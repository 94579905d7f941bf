using System.Text.Json.Serialization;

namespace EcsImages.Core.Images;

/// <summary>How long a version of an operating system is supported, and what to move to. A date that is not known is null, never a guess.</summary>
public sealed record EcsOSLifecycle
{
    /// <summary>The operating system, such as Ubuntu.</summary>
    public required string OS { get; init; }

    /// <summary>The version, such as 24.04; null if an image says none that is known.</summary>
    public string? Version { get; init; }

    /// <summary>Operating system and version in one.</summary>
    [JsonIgnore]
    public string Name => Version is null ? OS : $"{OS} {Version}";

    /// <summary>Where it stands on the day that was looked at.</summary>
    [JsonIgnore]
    public EcsOSPhase Phase => SeenOn is { } day ? PhaseOn(day) : EcsOSPhase.Unknown;

    /// <summary>The last day of full support; null where the vendor makes no distinction.</summary>
    public DateOnly? MainstreamEnd { get; init; }

    /// <summary>The last day of the support that everybody has; Alibaba Cloud supports it up to this day.</summary>
    public DateOnly? EndOfLife { get; init; }

    /// <summary>Days to the end of life; negative after it.</summary>
    [JsonIgnore]
    public int? DaysLeft => SeenOn is { } day && EndOfLife is { } end ? end.DayNumber - day.DayNumber : null;

    /// <summary>The last day of the extension.</summary>
    public DateOnly? ExtendedEnd { get; init; }

    /// <summary>What there is after the end of life, and whether it costs.</summary>
    public string? Extension { get; init; }

    /// <summary>The operating system and version to move to.</summary>
    public string? Successor { get; init; }

    /// <summary>Others that one can move to.</summary>
    public IReadOnlyList<string> Alternatives { get => field ?? []; init; } = [];

    /// <summary>Why this successor, where it is not simply the newer version.</summary>
    public string? SuccessorReason { get; init; }

    /// <summary>Whether it is, or was until its end, offered as a public image.</summary>
    public bool? IsOffered { get; init; }

    /// <summary>Who makes it.</summary>
    public string? Vendor { get; init; }

    /// <summary>free or commercial.</summary>
    public string? Licensing { get; init; }

    /// <summary>The platform that the API gives its images.</summary>
    public string? Platform { get; init; }

    /// <summary>When it came out.</summary>
    public DateOnly? ReleaseDate { get; init; }

    /// <summary>What else there is to know.</summary>
    public string? Note { get; init; }

    /// <summary>Where the dates come from.</summary>
    public string? Source { get; init; }

    /// <summary>The image, if one was asked about.</summary>
    [JsonIgnore]
    public string? ImageId { get; init; }

    /// <summary>The image's name.</summary>
    [JsonIgnore]
    public string? ImageName { get; init; }

    /// <summary>The image's region.</summary>
    [JsonIgnore]
    public string? RegionId { get; init; }

    /// <summary>The account through which the image was seen.</summary>
    [JsonIgnore]
    public string? ContextAccountId { get; init; }

    /// <summary>How images write the version, where it differs.</summary>
    [JsonInclude]
    internal string? Match { get; init; }

    /// <summary>The day that Phase and DaysLeft are about.</summary>
    [JsonIgnore]
    internal DateOnly? SeenOn { get; init; }

    /// <summary>Where it stands on a day. The end of each phase is its last day.</summary>
    internal EcsOSPhase PhaseOn(DateOnly day) => this switch
    {
        { EndOfLife: null } => EcsOSPhase.Unknown,
        _ when day <= (MainstreamEnd ?? EndOfLife) => EcsOSPhase.Mainstream,
        _ when day <= EndOfLife => EcsOSPhase.Extended,
        _ when day <= ExtendedEnd => EcsOSPhase.ExtensionOnly,
        _ => EcsOSPhase.Ended,
    };

    /// <summary>Whether nobody has to support it any more. Source: rule 6; what is not known has not ended.</summary>
    internal bool IsPastEnd(DateOnly day) => day > EndOfLife;

    /// <summary>Operating system and version.</summary>
    public override string ToString() => Name;
}
