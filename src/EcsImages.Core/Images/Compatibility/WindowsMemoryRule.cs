using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Types below 1 GiB are for Linux only; below 2 GiB Windows Server is not advised.</summary>
/// <remarks>Source: the FAQ on finding images (1 GiB); the selection pages of 2021, which hide 2016 and later below 2 GiB and advise 2 GiB for 2012.</remarks>
internal sealed class WindowsMemoryRule() : LaunchRule("WindowsMemory")
{
    private const double LeastGiB = 1;
    private const int AdvisedGiB = 2;

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type)
    {
        if (image.IsWindows is false || type.MemoryGiB >= AdvisedGiB) return Passed;
        return image.IsWindows is null || type.MemoryGiB is null ? Unknown : type.MemoryGiB < LeastGiB || IsAdvised(image) ? Violated : Passed;
    }

    public override EcsCompatibilitySeverity SeverityOf(in ImageTraits image, in TypeTraits type) =>
        type.MemoryGiB < LeastGiB ? EcsCompatibilitySeverity.Blocks : EcsCompatibilitySeverity.Warns;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) => finding switch
    {
        Unknown => "The service did not say enough of system and memory; Windows needs 1 GiB, and is advised 2 GiB.",
        Violated when type.MemoryGiB < LeastGiB => $"The type has {type.Memory} of memory; below 1 GiB only Linux starts.",
        Violated => $"The type has {type.Memory} of memory; {image.Platform} is advised 2 GiB or more.",
        _ => image.IsWindows is true ? $"The type has {type.Memory} of memory." : "The image is not Windows.",
    };

    protected override string Remedy(EcsImage image, EcsInstanceType type) => CommandLine.TypesFor(image, AdvisedGiB);

    // 2008 and older are content with 1 GiB.
    private static bool IsAdvised(in ImageTraits image) => SystemVersion.Of(image.Platform) is not { } version || version.Major >= 2012;
}
