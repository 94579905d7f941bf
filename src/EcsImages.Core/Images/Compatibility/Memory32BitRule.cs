using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A 32-bit system needs a type with less than 4 GiB of memory. Source: ECS limits; "Image overview", limits.</summary>
internal sealed class Memory32BitRule() : LaunchRule("Memory32Bit")
{
    private const double LimitGiB = 4;

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        image.Is32Bit is false || type.MemoryGiB < LimitGiB ? Passed : image.Is32Bit is null || type.MemoryGiB is null ? Unknown : Violated;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) =>
        image.Is32Bit is false ? "The image is not 32-bit."
        : finding is Unknown ? "The service did not say enough of architecture and memory; a 32-bit system needs less than 4 GiB."
        : $"The type has {type.Memory} of memory; a 32-bit system needs less than 4 GiB.";
}
