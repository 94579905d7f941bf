using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Tests.Images.Compatibility;

/// <summary>An image and a type that nothing is against, each test changing what it is about.</summary>
internal static class Sample
{
    public static readonly DateOnly Today = new(2026, 11, 23);

    public static readonly EcsImage Image = new()
    {
        ImageId = "m-sample",
        Name = "sample",
        ImageType = EcsImageType.Custom,
        Status = "Available",
        SizeGiB = 40,
        OSName = "Ubuntu 24.04 64 bit",
        OSType = "linux",
        Platform = "Ubuntu",
        Architecture = "x86_64",
        BootMode = "UEFI-Preferred",
        NvmeSupport = "supported",
        RegionId = "cn-hangzhou",
        ContextAccountId = "1",
    };

    public static readonly EcsInstanceType Type = new()
    {
        InstanceType = "ecs.g7.large",
        InstanceTypeFamily = "ecs.g7",
        CpuCoreCount = 2,
        MemoryGiB = 8,
        CpuArchitecture = "X86",
        SupportedBootModes = ["BIOS", "UEFI"],
        NvmeSupport = "unsupported",
        GpuCount = 0,
        RegionId = "cn-hangzhou",
        ContextAccountId = "1",
    };

    public static readonly CompatibilityQuestion Question = new() { Today = Today };

    public static EcsImageCompatibility Judge(EcsImage? image = null, EcsInstanceType? type = null, CompatibilityQuestion? question = null) =>
        CompatibilityRules.Judge(image ?? Image, type ?? Type, question ?? Question);

    public static EcsCompatibilityRule Rule(this EcsImageCompatibility judged, string id) => Assert.Single(judged.Rules, r => r.Id == id);

    /// <summary>Null for no modes at all; else such as "BIOS UEFI".</summary>
    public static EcsInstanceType Booting(string? modes) => Type with { SupportedBootModes = modes?.Split(' ') ?? [] };
}
