using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Available images launch, and Deprecated ones still do. Source: ModifyImageAttribute, Status; RunInstances, error IncorrectImageStatus.</summary>
internal static class StatusRule
{
    /// <summary>Null for a status that this version does not know.</summary>
    public static bool? Launches(string? status) => status switch
    {
        "Available" or "Deprecated" => true,
        "Creating" or "Waiting" or "CreateFailed" or "UnAvailable" => false,
        _ => null,
    };

    public static EcsCompatibilityRule Judge(EcsImage image)
    {
        var (id, region) = (CommandLine.Word(image.ImageId), CommandLine.Word(image.RegionId));
        var (severity, finding, reason, remedy) = (Launches(image.Status), image.Status) switch
        {
            (true, "Deprecated") => (Warns, Violated, "The image is Deprecated: it still launches, and its owner wants it out of use.", image.ImageType is EcsImageType.Custom
                ? $"Set-EcsImage -ImageId {id} -RegionId {region} -Status Available" : null),
            (true, _) => (Blocks, Passed, "The image is Available.", null),
            (false, "Creating" or "Waiting") => (Blocks, Violated, $"The image is {image.Status}; it must be Available.", $"Wait-EcsImage -ImageId {id} -RegionId {region}"),
            (false, _) => (Blocks, Violated, $"The image is {image.Status}; it must be Available.", (string?)null),
            _ when string.IsNullOrEmpty(image.Status) => (Warns, Unknown, "The service did not say the status of the image; it must be Available.", null),
            _ => (Warns, Unknown, $"This version of the module does not know the status {image.Status}; the image must be Available.", null),
        };
        return new() { Id = "Status", Severity = severity, Finding = finding, Reason = reason, Remedy = remedy };
    }
}
