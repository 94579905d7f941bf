using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>arm64 images start on ARM processors only; x86_64 and i386 on X86. Source: RunInstances, error InvalidInstanceType.NotSupported.</summary>
internal sealed class ArchitectureRule() : LaunchRule(Name)
{
    public const string Name = "Architecture";

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        Needed(image) is not { } needed || type.CpuArchitecture is not ("X86" or "ARM") ? Unknown : needed == type.CpuArchitecture ? Passed : Violated;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) => finding switch
    {
        Unknown when Needed(image) is null => string.IsNullOrEmpty(image.Architecture)
            ? "The service did not say for which architecture the image is." : $"This version of the module does not know the architecture {image.Architecture} of the image.",
        Unknown => string.IsNullOrEmpty(type.CpuArchitecture)
            ? "The service did not say what processors the type has." : $"This version of the module does not know the processors of the type, {type.CpuArchitecture}.",
        Violated => $"The image is {image.Architecture} and needs {Needed(image)} processors; the type has {type.CpuArchitecture}.",
        _ => $"The image is {image.Architecture}, the type has {type.CpuArchitecture} processors.",
    };

    protected override string Remedy(EcsImage image, EcsInstanceType type) => CommandLine.ImagesFor(image, type.InstanceType);

    private static string? Needed(in ImageTraits image) => image.Architecture switch
    {
        "arm64" => "ARM",
        "x86_64" or "i386" => "X86",
        _ => null,
    };
}
