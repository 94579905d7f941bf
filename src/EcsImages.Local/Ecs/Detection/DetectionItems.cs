using EcsImages.Core.Files;
using EcsImages.Core.Files.Checks;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Detection;

/// <summary>The items of the image check that a disk tells of without being started.</summary>
/// <remarks>
/// Names: rules.md 88. Items that only a running system tells (Dhcp, Selinux, CloudAssistant and others) have no result here. Of the risk codes,
/// NVMe.NotInstalled is the service's; the others are made after it, since none of the sources lists them.
/// </remarks>
internal static class DetectionItems
{
    private static readonly string[] OfLinux =
    [
        "Platform", "OSVersion", "Architecture", "RtcTimeMode", "BootMode", "KernelVersion", "Virtio", "Nvme", "Fstab", "Grub", "Dhcp", "Selinux",
        "OnlineResizeFS", "SystemImage", "CloudAssistant", "CloudInit", "SecurityCenterAgent", "SupportMocInstanceTypes",
    ];

    private static readonly string[] OfWindows =
    [
        "Platform", "OSVersion", "Architecture", "KernelVersion", "Virtio", "BCD", "Registry", "Hotfix", "Disk", "Sysprep", "Update", "Xen",
        "CloudAssistant", "Server", "DesktopConfig", "BootMgr",
    ];

    // rules.md 86.
    private static readonly string[] Unchecked = ["CoreOS", "Fedora CoreOS", "Solaris", "Customized Linux", "FreeBSD", "Windows Server 2003", "Windows Server 2008"];

    public static IReadOnlyList<string> NamesFor(string osType) => osType == "windows" ? OfWindows : OfLinux;

    /// <summary>Whether the service checks images of this system; of encrypted ones it checks none.</summary>
    public static bool AreFor(Image image) => !image.Encrypted && !Unchecked.Contains(image.Platform, StringComparer.Ordinal);

    /// <summary>What the disk of an image tells, in the order of the names.</summary>
    public static IReadOnlyList<DetectionItem> Of(DiskLook look, Image image, DateTimeOffset now)
    {
        if (look.Problem is not null) return [];
        var candidate = new FileCandidate
        {
            File = new EcsImageFile { Path = image.Id, Format = "RAW", Package = "", SizeBytes = 0, FileBytes = 0, StoredBytes = 0, Remarks = [], Content = look.Disk },
            Today = DateOnly.FromDateTime(now.UtcDateTime),
            SaidArchitecture = image.Architecture,
            SaidBootMode = image.BootMode.Length > 0 ? image.BootMode : null,
        };
        var found = Facts(candidate).Concat(image.OsType == "windows" ? [] : Linux(candidate)).ToDictionary(static i => i.Name, StringComparer.Ordinal);
        return [.. NamesFor(image.OsType).Select(found.GetValueOrDefault).OfType<DetectionItem>()];
    }

    private static IEnumerable<DetectionItem> Facts(FileCandidate candidate)
    {
        var disk = candidate.Disk;
        (string Name, string? Value)[] facts =
            [("Platform", disk.Platform), ("OSVersion", disk.OSVersion), ("Architecture", disk.Architecture), ("BootMode", disk.BootMode), ("KernelVersion", candidate.Kernel?.Version)];
        return facts.Where(static f => f.Value is not null).Select(static f => new DetectionItem(f.Name, f.Value!, $"It is {f.Value}."));
    }

    private static IEnumerable<DetectionItem> Linux(FileCandidate candidate)
    {
        if (candidate.Kernel is not null)
        {
            yield return Judged("Virtio", "Virtio.NotInstalled", LinuxChecks.Virtio(candidate), LinuxChecks.Initramfs(candidate));
            yield return Judged("Nvme", "NVMe.NotInstalled", LinuxChecks.Nvme(candidate));
        }
        if (candidate.Disk.IsRootRead)
        {
            yield return Judged("Fstab", "Fstab.Invalid", MountChecks.Devices(candidate), MountChecks.Missing(candidate));
            yield return Judged("CloudInit", "CloudInit.NotInstalled", LinuxChecks.CloudInit(candidate));
        }
        // The disk of a public image has file systems without a system: there is nothing that should start.
        if (candidate.Kernel is not null || candidate.Disk.IsRootRead) yield return Judged("Grub", "Grub.Invalid", BootChecks.Loader(candidate));
    }

    // The first rule that does not hold decides.
    private static DetectionItem Judged(string name, string code, params EcsCompatibilityRule?[] rules)
    {
        var known = rules.OfType<EcsCompatibilityRule>().ToList();
        if (known.Find(static r => r.Finding is EcsCompatibilityFinding.Violated) is { } bad)
            return new(name, code[(code.IndexOf('.', StringComparison.Ordinal) + 1)..], bad.Reason, bad.Severity is EcsCompatibilitySeverity.Blocks ? "High" : "Medium", code);
        return known.Find(static r => r.Finding is EcsCompatibilityFinding.Passed) is { } well
            ? new(name, code.EndsWith("NotInstalled", StringComparison.Ordinal) ? "Installed" : "Valid", well.Reason) : new(name, "Unknown", known is [var first, ..] ? first.Reason : "");
    }
}
