using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Ecs;
using EcsImages.Core.Files.Checks;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What the service is asked for: what the caller said, and what the disk tells of the rest.</summary>
/// <param name="Request">The image; its disks are named once they are there.</param>
/// <param name="SizeGiB">Of the system disk.</param>
/// <param name="BootMode">What the image is set to once it is there, where an import cannot say it: UEFI-Preferred; null where nothing is left to do.</param>
internal sealed record ImportPlan(ImportImageRequest Request, int SizeGiB, string? BootMode)
{
    public const string Preferred = "UEFI-Preferred";

    private const string Bios = "BIOS", Uefi = "UEFI", Arm = "arm64", Supported = "supported", Windows = "windows", ServicesLicense = "Aliyun";
    private const long GiB = 1L << 30;

    /// <summary>Whether the license of a Windows is one that nobody asked for.</summary>
    public bool AssumesLicense { get; private init; }

    /// <remarks>Source: ImportImage, "BootMode": BIOS or UEFI, and always UEFI for arm64; "DiskImageSize": not less than the file's disk.</remarks>
    /// <param name="asked">What the caller said.</param>
    /// <param name="disk">What is on the disk.</param>
    /// <param name="sizeGiB">What the caller said of its size.</param>
    /// <param name="length">Of the disk, in bytes.</param>
    /// <exception cref="PreconditionException">InvalidImageSize: no system disk has that size.</exception>
    public static ImportPlan Of(ImportImageRequest asked, DiskInspection disk, int? sizeGiB, long length)
    {
        var architecture = asked.Architecture ?? disk.Architecture;
        var bootMode = asked.BootMode ?? disk.BootMode;
        var hasNvme = disk.Kernels.Count > 0 && disk.Kernels.All(static k => k.Nvme is DriverState.Module or DriverState.BuiltIn);
        var request = asked with
        {
            OSType = asked.OSType ?? disk.OSType,
            Platform = asked.Platform ?? disk.Platform,
            Architecture = architecture,
            BootMode = architecture == Arm ? null : bootMode == Preferred ? Bios : bootMode,
            Features = asked.Features is null && !hasNvme ? null
                : (asked.Features ?? new FeaturesRequest()) with { NvmeSupport = asked.Features?.NvmeSupport ?? (hasNvme ? Supported : null) },
        };
        var least = Math.Max(1, (length + GiB - 1) / GiB);
        if (least > FormatChecks.MostGiB) throw new PreconditionException("InvalidImageSize", $"The disk has {least} GiB, and a system disk {FormatChecks.MostGiB} GiB at most. Make its partitions and the disk smaller first.");
        if (sizeGiB < least) throw new PreconditionException("InvalidImageSize", $"The disk has {least} GiB, and does not fit -SizeGiB {sizeGiB}. Name {least} or more, or leave it out.");
        return new ImportPlan(request, sizeGiB ?? (int)least, bootMode == Preferred && architecture != Arm ? Preferred : null).WithLicense();
    }

    /// <summary>For objects whose disks are not looked into.</summary>
    public static ImportPlan Of(ImportImageRequest asked) =>
        (asked.BootMode != Preferred ? new ImportPlan(asked, 0, null)
            : asked.Architecture == Arm ? new ImportPlan(asked with { BootMode = null }, 0, null)
            : new ImportPlan(asked with { BootMode = Bios }, 0, Preferred)).WithLicense();

    /// <summary>In words, for whoever is to agree.</summary>
    /// <param name="isFollowed">Whether somebody is there to set the boot mode once the image is.</param>
    public string ToText(bool isFollowed) => string.Join(", ", new[]
    {
        Request.Platform, Request.Platform is null ? Request.OSType : null, Request.Architecture,
        BootMode is null ? Request.BootMode ?? (Request.Architecture == Arm ? Uefi : null) : isFollowed ? BootMode : $"{Request.BootMode} ({BootMode} is to be set afterwards)",
        Request.Features?.NvmeSupport == Supported ? "NVMe" : null, $"{SizeGiB} GiB", AssumesLicense ? $"license {ServicesLicense}" : null,
    }.OfType<string>());

    /// <remarks>Source: ImportImage, "LicenseType": its default for a Windows, which newer versions want to be said, and no value for others.</remarks>
    private ImportPlan WithLicense() => Request is { LicenseType: null, OSType: Windows } ? this with { Request = Request with { LicenseType = ServicesLicense }, AssumesLicense = true } : this;
}
