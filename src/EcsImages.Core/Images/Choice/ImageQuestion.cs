using EcsImages.Core.Machines;

namespace EcsImages.Core.Images.Choice;

/// <summary>What is asked of an image. What is null does not matter.</summary>
internal sealed record ImageQuestion
{
    public Workload? Workload { get; init; }

    public Need? Need { get; init; }

    /// <summary>Operating systems by name; one of them is meant.</summary>
    public IReadOnlyList<NamedSystem> Systems { get; init; } = [];

    /// <summary>Whether a name was asked for, and is this one.</summary>
    public Func<string?, bool>? IsNamed { get; init; }

    public string? OSType { get; init; }

    public string? Architecture { get; init; }

    /// <summary>zh or en, of systems whose images speak one language.</summary>
    public string? Language { get; init; }

    /// <summary>Types on each of which the image must start.</summary>
    public IReadOnlyList<EcsInstanceType> InstanceTypes { get; init; } = [];

    public EcsImageLicense? License { get; init; }

    /// <summary>A day on which the operating system must still be supported.</summary>
    public DateOnly? SupportedUntil { get; init; }

    /// <summary>What is to be replaced.</summary>
    public ReplacedImage? Replaced { get; init; }

    /// <summary>The day to judge support by.</summary>
    public required DateOnly Today { get; init; }
}
