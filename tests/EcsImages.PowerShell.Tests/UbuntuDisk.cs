using EcsImages.Core.Tests.Disks.Inspection;

namespace EcsImages.PowerShell.Tests;

/// <summary>A raw disk as an installation of Ubuntu leaves it, as far as anybody looks: for BIOS and UEFI, with a kernel and its drivers.</summary>
internal static class UbuntuDisk
{
    private const string Gpt = "label: gpt\nstart=1MiB, size=1MiB, type=21686148-6449-6E6F-744E-656564454649\nstart=2MiB, size=40MiB, type=U, name=esp\nstart=42MiB, size=40MiB, type=L, name=root\n";

    /// <param name="workshop">Makes it; sfdisk, mkfs.ext4, mkfs.vfat and mcopy are needed.</param>
    /// <param name="wrong">fstab, cloud-init or virtio: what is not as it should be; empty for a good one.</param>
    public static string Make(DiskWorkshop workshop, string wrong = "")
    {
        var files = SystemFiles.Ubuntu(wrong == "fstab" ? "/dev/sda1 / ext4 defaults 0 1\n" : "LABEL=root / ext4 defaults 0 1\n");
        if (wrong == "cloud-init") files.Remove("/usr/bin/cloud-init");
        if (wrong == "virtio") files[$"/usr/lib/modules/{SystemFiles.Kernel}/modules.builtin"] = SystemFiles.Text("kernel/fs/ext4.ko\n");
        var disk = workshop.Disk(90, Gpt, (2, workshop.Fat(40, 32, SystemFiles.Esp("ubuntu", "BOOTX64.EFI", 0x8664))), (42, workshop.Ext(40, files, "-L", "root")));
        DiskWorkshop.Put(disk, 0, [0xEB, 0x63, 0x90]);
        return disk;
    }
}
