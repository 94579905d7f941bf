using EcsImages.Local.Store;

namespace EcsImages.Local.Catalog;

/// <summary>Whether an image starts on an instance type: architecture, boot mode, NVMe, memory, restricted families.</summary>
internal static class Compatibility
{
    public static bool Supports(Image image, InstanceType type) =>
        type.CpuArchitecture == (image.Architecture == "arm64" ? "ARM" : "X86")
        && (image.BootMode == "UEFI-Preferred" ? type.BootModes.Count > 0 : type.BootModes.Contains(image.BootMode))
        && (type.Nvme != "required" || image.Nvme == "supported")
        // 32-bit systems need less than 4 GiB; Windows needs at least 1 GiB.
        && (image.Architecture != "i386" || type.MemoryGiB < 4)
        && (image.OsType != "windows" || type.MemoryGiB >= 1)
        && (image.Families.Count == 0 || image.Families.Any(f => Matches(f, type.Family)));

    private static bool Matches(string pattern, string family) =>
        pattern.EndsWith('*') ? family.StartsWith(pattern[..^1], StringComparison.Ordinal) : pattern == family;
}
