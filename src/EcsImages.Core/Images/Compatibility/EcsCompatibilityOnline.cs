namespace EcsImages.Core.Images.Compatibility;

/// <summary>What the service says of an image and an instance type. Source: DescribeImageSupportInstanceTypes, and a dry run of RunInstances.</summary>
public sealed record EcsCompatibilityOnline
{
    /// <summary>Whether the service lists the type among those that the image supports; null if it was not to be asked.</summary>
    public bool? Supported { get; init; }

    /// <summary>Whether a dry run of a launch passes; null if it said nothing about image and type.</summary>
    public bool? DryRunPasses { get; init; }

    /// <summary>The code that the dry run ended with; DryRunOperation when it passed.</summary>
    public string? DryRunCode { get; init; }

    /// <summary>Whether the service and the rules differ.</summary>
    public bool Disagrees { get; init; }

    /// <summary>What the service said, and what could not be asked, in words.</summary>
    public required string Note { get; init; }

    /// <summary>What the service said, in words.</summary>
    public override string ToString() => Note;
}
