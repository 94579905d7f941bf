using EcsImages.Core.Disks.Inspection;

namespace EcsImages.Core.Files.Checks;

/// <summary>The lines that mend something inside a machine, as its distribution has them.</summary>
internal static class Commands
{
    private const string Dracut = "dracut -f --regenerate-all --add-drivers \"virtio_blk virtio_net virtio_pci nvme\"";
    private const string Initramfs = "printf 'virtio_blk\\nvirtio_net\\nvirtio_pci\\nnvme\\n' >> /etc/initramfs-tools/modules && update-initramfs -u -k all";

    /// <summary>Puts the drivers into the initramfs.</summary>
    /// <param name="id">Of os-release; null where it is not known.</param>
    public static string Drivers(string? id) => IsOfDebian(id) ? Initramfs : id is null ? $"{Dracut} # or on Debian and Ubuntu: {Initramfs}" : Dracut;

    /// <summary>Installs the boot loader.</summary>
    public static string Loader(string? id, string? architecture)
    {
        var install = IsOfDebian(id) || id is null ? "grub-install" : "grub2-install";
        return architecture == Architectures.Arm64 ? $"In the machine, with an EFI system partition on /boot/efi: {install} --target=arm64-efi --efi-directory=/boot/efi --removable"
            : $"In the machine: {install} /dev/DISK; or for UEFI, with an EFI system partition on /boot/efi: {install} --target=x86_64-efi --efi-directory=/boot/efi --removable";
    }

    /// <summary>Installs cloud-init, and what it grows the file system with.</summary>
    public static string CloudInit(string? id) => Install(id, IsOfDebian(id) ? "cloud-init cloud-guest-utils" : "cloud-init cloud-utils-growpart");

    /// <summary>Installs the newest kernel of the distribution.</summary>
    public static string Kernel(string? id) => Install(id, id switch { "debian" => "linux-image-amd64", "ubuntu" => "linux-image-generic", _ => IsOfSuse(id) ? "kernel-default" : "kernel" });

    private static string Install(string? id, string package) => IsOfDebian(id) ? $"apt-get install {package}"
        : IsOfSuse(id) ? $"zypper install {package}" : id is null ? $"yum install {package} # or apt-get, zypper" : $"yum install {package}";

    private static bool IsOfDebian(string? id) => id is "debian" or "ubuntu" or "uos" or "kali" or "linuxmint";

    private static bool IsOfSuse(string? id) => id is "sles" or "sled" or "suse" || id?.StartsWith("opensuse", StringComparison.Ordinal) == true;
}
