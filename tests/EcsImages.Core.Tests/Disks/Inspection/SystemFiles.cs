using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>The files by which a system is known, with nothing behind their headers.</summary>
internal static class SystemFiles
{
    public const string Kernel = "6.8.0-45-generic";

    /// <summary>As on Ubuntu 24.04: /bin, /lib and /sbin are links, virtio is built in, NVMe is a module.</summary>
    public static Dictionary<string, byte[]> Ubuntu(string fstab = "LABEL=root / ext4 defaults 0 1\n") => new()
    {
        ["/etc/os-release"] = Text("->../usr/lib/os-release"),
        ["/usr/lib/os-release"] = Text("PRETTY_NAME=\"Ubuntu 24.04.1 LTS\"\nNAME=\"Ubuntu\"\nVERSION_ID=\"24.04\"\nID=ubuntu\nID_LIKE=debian\n"),
        ["/etc/fstab"] = Text("# <file system> <mount point>\n" + fstab),
        ["/bin"] = Text("->usr/bin"),
        ["/lib"] = Text("->usr/lib"),
        ["/sbin"] = Text("->/usr/sbin"),
        ["/usr/bin/dash"] = Elf(62),
        ["/usr/bin/sh"] = Text("->dash"),
        ["/usr/sbin/init"] = Text("->/lib/systemd/systemd"),
        ["/usr/lib/systemd/systemd"] = Elf(62),
        ["/usr/bin/cloud-init"] = Text("#!/usr/bin/python3\n"),
        [$"/boot/vmlinuz-{Kernel}"] = KernelX64(),
        ["/boot/vmlinuz"] = Text($"->vmlinuz-{Kernel}"),
        [$"/boot/initrd.img-{Kernel}"] = new byte[100],
        [$"/usr/lib/modules/{Kernel}/modules.builtin"] = Text("kernel/drivers/block/virtio_blk.ko\nkernel/drivers/net/virtio_net.ko\n"),
        [$"/usr/lib/modules/{Kernel}/modules.dep"] = ModuleList("kernel/drivers/nvme/host/nvme.ko.zst: kernel/drivers/nvme/host/nvme-core.ko.zst\n"),
    };

    /// <summary>Long enough for tables of tables of block numbers; what matters stands at its end.</summary>
    public static byte[] ModuleList(string last)
    {
        var list = new StringBuilder();
        for (var i = 0; i < 6000; i++) list.Append("kernel/drivers/misc/driver_").Append(i).Append(".ko.xz: kernel/lib/a.ko.xz\n");
        return Text(list.Append(last).ToString());
    }

    public static Dictionary<string, byte[]> Esp(string vendor, string loader, ushort machine) => new()
    {
        [$"/EFI/BOOT/{loader}"] = Pe(machine),
        [$"/EFI/{vendor}/a loader with a long name.efi"] = Pe(machine),
        [$"/EFI/{vendor}/grub.cfg"] = Text("search.fs_uuid\n"),
    };

    public static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Elf(ushort machine)
    {
        var elf = new byte[5000];
        ((ReadOnlySpan<byte>)[0x7F, 0x45, 0x4C, 0x46, 2, 1, 1]).CopyTo(elf);
        BinaryPrimitives.WriteUInt16LittleEndian(elf.AsSpan(18), machine);
        return elf;
    }

    public static byte[] Pe(ushort machine)
    {
        var pe = new byte[3000];
        "MZ"u8.CopyTo(pe);
        pe[60] = 0x80;
        "PE\0\0"u8.CopyTo(pe.AsSpan(0x80));
        BinaryPrimitives.WriteUInt16LittleEndian(pe.AsSpan(0x84), machine);
        return pe;
    }

    public static byte[] KernelX64()
    {
        var kernel = new byte[20_000];
        "HdrS"u8.CopyTo(kernel.AsSpan(0x202));
        BinaryPrimitives.WriteUInt16LittleEndian(kernel.AsSpan(0x206), 0x20F);
        kernel[0x236] = 0x3F;
        return kernel;
    }

    public static byte[] KernelArm64()
    {
        var kernel = new byte[20_000];
        "ARMd"u8.CopyTo(kernel.AsSpan(0x38));
        return kernel;
    }
}
