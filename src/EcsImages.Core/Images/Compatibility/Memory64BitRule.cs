using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A 64-bit system is advised 4 GiB of memory or more; it starts with less. Source: "Image overview", choice of the operating system.</summary>
internal sealed class Memory64BitRule() : LaunchRule("Memory64Bit")
{
    private const int AdvisedGiB = 4;

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        image.Is32Bit is true || type.MemoryGiB >= AdvisedGiB ? Passed : image.Is32Bit is null || type.MemoryGiB is null ? Unknown : Violated;

    public override EcsCompatibilitySeverity SeverityOf(in ImageTraits image, in TypeTraits type) => EcsCompatibilitySeverity.Warns;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) => finding switch
    {
        Unknown => "The service did not say enough of architecture and memory; a 64-bit system is advised 4 GiB or more.",
        Violated => $"The type has {type.Memory} of memory; a 64-bit system starts on it, and is advised 4 GiB or more.",
        _ => image.Is32Bit is true ? "The image is 32-bit." : $"The type has {type.Memory} of memory.",
    };

    protected override string Remedy(EcsImage image, EcsInstanceType type) => CommandLine.TypesFor(image, AdvisedGiB);
}
