using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>32-bit Windows runs on 4 vCPUs at the most. Source: "Image overview", limits.</summary>
internal sealed class Cores32BitWindowsRule() : LaunchRule("Cores32BitWindows")
{
    private const int MostCores = 4;

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        image.Is32Bit is false || image.IsWindows is false || type.CpuCoreCount <= MostCores ? Passed
        : image.Is32Bit is null || image.IsWindows is null || type.CpuCoreCount is null ? Unknown : Violated;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) =>
        image.Is32Bit is false || image.IsWindows is false ? "The image is not 32-bit Windows."
        : finding is Unknown ? "The service did not say enough of system and vCPUs; 32-bit Windows runs on 4 vCPUs at the most."
        : $"The type has {type.CpuCoreCount} vCPUs; 32-bit Windows runs on 4 at the most.";
}
