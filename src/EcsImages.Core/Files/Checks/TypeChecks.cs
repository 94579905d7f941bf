using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether the image that the file would become starts on an instance type: by the rules of images.</summary>
internal static class TypeChecks
{
    private const string Source = "DescribeInstanceTypes; see Test-EcsImageCompatibility";

    public static IEnumerable<EcsCompatibilityRule> Judge(FileCandidate candidate)
    {
        if (candidate.Type is not { } type) return [];
        var image = ImageOf(candidate);
        // There is no image yet that a line could name.
        return LaunchRules.All.Select(rule => rule.Judge(image, type)).Select(r => r with { Source = Source, Remedy = r.Remedy is null ? null : Remedy(r.Id, candidate) });
    }

    /// <summary>The image that the file would become.</summary>
    public static EcsImage ImageOf(FileCandidate candidate) => new()
    {
        ImageId = "m-",
        Name = candidate.File.Name,
        ImageType = EcsImageType.Custom,
        OSName = candidate.Disk.OSName,
        OSType = candidate.Disk.OSType,
        Platform = candidate.Disk.Platform,
        Architecture = candidate.Architecture,
        BootMode = candidate.BootMode,
        NvmeSupport = candidate.Kernel?.Nvme switch { DriverState.BuiltIn or DriverState.Module => "supported", DriverState.Absent => "unsupported", _ => null },
        RegionId = "",
        ContextAccountId = "",
        SeenOn = candidate.Today,
    };

    private static string? Remedy(string rule, FileCandidate candidate) => rule switch
    {
        "Architecture" => $"Get-EcsInstanceType -CpuArchitecture {(candidate.Architecture == Architectures.Arm64 ? "ARM" : "X86")}",
        "BootMode" => $"Get-EcsInstanceType | Where-Object SupportedBootModes -Contains {candidate.BootMode}",
        "Nvme" => Commands.Kernel(candidate.Disk.OSId),
        "Memory32Bit" => "Get-EcsInstanceType -MaximumMemoryGiB 3.9",
        "Cores32BitWindows" => "Get-EcsInstanceType -MaximumCpuCoreCount 4",
        _ => "Get-EcsInstanceType # choose another type",
    };
}
