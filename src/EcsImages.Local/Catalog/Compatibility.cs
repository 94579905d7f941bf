using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Store;

namespace EcsImages.Local.Catalog;

/// <summary>Whether an image starts on an instance type: the rules of Core that block, and the families that the catalog restricts an image to.</summary>
internal static class Compatibility
{
    private static readonly string[] Architectures = ["x86_64", "i386", "arm64"];
    private static readonly string[] BootModes = ["BIOS", "UEFI", "UEFI-Preferred"];
    private static readonly string[] NvmeWords = ["supported", "unsupported"];
    private static readonly string[] OsTypes = ["linux", "windows"];

    public static bool Supports(Image image, InstanceType type) => IsOpenTo(image, type) && LaunchRules.RefusalOf(Traits(image), Traits(type)) is null;

    /// <summary>The rule that refuses and why; null if it starts.</summary>
    public static (string Rule, string Reason)? RefusalOf(Image image, InstanceType type)
    {
        var (i, t) = (Traits(image), Traits(type));
        if (LaunchRules.RefusalOf(i, t) is { } rule) return (rule.Id, rule.Reason(EcsCompatibilityFinding.Violated, i, t).TrimEnd('.'));
        return IsOpenTo(image, type) ? null : ("Family", $"The image starts on {string.Join(", ", image.Families)} only");
    }

    /// <summary>The same of rows, as SQL: of every image that there can be, those that no rule refuses.</summary>
    /// <remarks>Rules that read names are about public images, which are no rows.</remarks>
    public static string Sql(InstanceType type)
    {
        var traits = Traits(type);
        var fitting = from architecture in Architectures
                      from mode in BootModes
                      from nvme in NvmeWords
                      from os in OsTypes
                      let image = new ImageTraits { ImageId = "m-", Architecture = architecture, BootMode = mode, NvmeSupport = nvme, OSType = os }
                      where LaunchRules.RefusalOf(image, traits) is null
                      select $"('{architecture}', '{mode}', '{nvme}', '{os}')";
        var list = string.Join(", ", fitting);
        return list.Length == 0 ? "0" : $"(architecture, boot_mode, nvme, os_type) IN (VALUES {list})";
    }

    private static bool IsOpenTo(Image image, InstanceType type) => image.Families.Count == 0 || FamilyRestrictions.Matches(image.Families, type.Family);

    private static ImageTraits Traits(Image image) => new()
    {
        ImageId = image.Id,
        Family = image.Family,
        OSType = image.OsType,
        OSName = image.OsNameEn.Length > 0 ? image.OsNameEn : image.OsName,
        Platform = image.Platform,
        Architecture = image.Architecture,
        BootMode = image.BootMode,
        NvmeSupport = image.Nvme,
    };

    private static TypeTraits Traits(InstanceType type) => new()
    {
        InstanceType = type.Id,
        Family = type.Family,
        CpuCoreCount = type.Cpus,
        MemoryGiB = type.MemoryGiB,
        CpuArchitecture = type.CpuArchitecture,
        BootModes = type.BootModes,
        NvmeSupport = type.Nvme,
    };
}
