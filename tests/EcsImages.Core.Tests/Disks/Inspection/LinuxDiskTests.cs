using System.IO.Compression;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>Disks with a Linux on them, made by e2fsprogs, dosfstools, mtools and fdisk.</summary>
public sealed class LinuxDiskTests : IDisposable
{
    private const string Gpt = "label: gpt\nstart=1MiB, size=1MiB, type=21686148-6449-6E6F-744E-656564454649\nstart=2MiB, size=40MiB, type=U, name=esp\nstart=42MiB, size=60MiB, type=L, name=root\n";
    private readonly DiskWorkshop _workshop = new();

    public static TheoryData<string> ExtOptions =>
        ["-b 4096", "-b 1024", "-b 1024 -O ^extent,^64bit", "-b 4096 -O ^extent,^64bit", "-t ext2 -b 1024", "-t ext3", "-O inline_data -I 256", "-O inline_data -I 1024", "-I 128", "-O ^64bit,^metadata_csum", "-O ^flex_bg", "-O quota,project -I 256", "-O 64bit,metadata_csum -E hash_seed=2f0e9c5e-0b9a-4d55-8d0e-8a2a3d9e7a11"];

    public void Dispose() => _workshop.Dispose();

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_disk_tells_its_system_its_loaders_and_its_drivers(bool hasBootCode)
    {
        var root = _workshop.Ext(60, SystemFiles.Ubuntu("LABEL=cloudimg-rootfs / ext4 discard 0 1\nUUID=ABCD-1234 /boot/efi vfat umask=0077 0 1\n/dev/vdb1 /data ext4 nofail 0 2\n"), "-L", "cloudimg-rootfs");
        var esp = _workshop.Fat(40, 32, SystemFiles.Esp("ubuntu", "BOOTX64.EFI", 0x8664), "-i", "ABCD1234");
        var disk = _workshop.Disk(110, Gpt, (2, esp), (42, root));
        if (hasBootCode) DiskWorkshop.Put(disk, 0, [0xEB, 0x63, 0x90]);

        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Empty(found.Remarks);
        Assert.Equal(PartitionScheme.Gpt, found.Scheme);
        Assert.Equal([FileSystemKind.Unknown, FileSystemKind.Fat32, FileSystemKind.Ext4], found.Partitions.Select(static p => p.FileSystem));
        Assert.Equal([(1L << 20, 1L << 20), (2L << 20, 40L << 20), (42L << 20, 60L << 20)], found.Partitions.Select(static p => (p.Start, p.Length)));
        Assert.Equal(("esp", true, "ABCD-1234"), (found.Partitions[1].Name, found.Partitions[1].IsEfiSystem, found.Partitions[1].Uuid));
        Assert.Equal("cloudimg-rootfs", found.Partitions[2].Label);
        Assert.Equal((hasBootCode, true, hasBootCode ? "UEFI-Preferred" : "UEFI"), (found.CanBootBios, found.CanBootUefi, found.BootMode));
        Assert.Equal(("linux", "ubuntu", "Ubuntu 24.04.1 LTS", "24.04", "Ubuntu", "x86_64"), (found.OSType, found.OSId, found.OSName, found.OSVersion, found.Platform, found.Architecture));
        var kernel = Assert.Single(found.Kernels);
        Assert.Equal((SystemFiles.Kernel, $"/boot/vmlinuz-{SystemFiles.Kernel}", "x86_64", true), (kernel.Version, kernel.Path, kernel.Architecture, kernel.HasInitramfs));
        Assert.Equal((DriverState.BuiltIn, DriverState.BuiltIn, DriverState.Absent, DriverState.Module), (kernel.VirtioBlk, kernel.VirtioNet, kernel.VirtioScsi, kernel.Nvme));
        Assert.True(found.HasCloudInit);
        Assert.Equal(["/", "/boot/efi", "/data"], found.Fstab.Select(static f => f.MountPoint));
        Assert.Equal([false, false, true], found.Fstab.Select(static f => f.NamesDevice));
        Assert.Equal([false, false, true], found.Fstab.Select(static f => f.IsOptional));
        Assert.Equal([("EFI/BOOT/BOOTX64.EFI", "x86_64"), ("EFI/ubuntu/a loader with a long name.efi", "x86_64")], found.EfiLoaders.Select(static l => (l.Path, l.Architecture!)));
    }

    [TheoryWithTools("mkfs.ext4", "e2fsck")]
    [MemberData(nameof(ExtOptions))]
    public async Task Every_kind_of_ext_is_read(string options)
    {
        var files = SystemFiles.Ubuntu();
        // A folder of several blocks, and names in it that are looked for.
        for (var i = 0; i < 400; i++) files[$"/usr/bin/program-with-a-name-that-takes-room-{i:d4}"] = [(byte)i];
        files["/etc/os-release"] = SystemFiles.Text("->" + string.Concat(Enumerable.Repeat("../etc/", 12)) + "../usr/lib/os-release");
        var volume = _workshop.Ext(60, files, options.Split(' '));
        await AssertReadAsync();
        // The same with hashed folders, where the options have them.
        Tool.Run("e2fsck", "-fyD", volume);
        await AssertReadAsync();

        async Task AssertReadAsync()
        {
            var found = await InspectedDisk.InspectAsync(volume);
            Assert.Empty(found.Remarks);
            Assert.Equal((PartitionScheme.None, 0), (found.Scheme, Assert.Single(found.Partitions).Number));
            var kind = options.Contains("ext2", StringComparison.Ordinal) ? FileSystemKind.Ext2 : options.Contains("ext3", StringComparison.Ordinal) ? FileSystemKind.Ext3 : FileSystemKind.Ext4;
            Assert.Equal(kind, found.Partitions[0].FileSystem);
            Assert.Equal(("Ubuntu", "x86_64", true), (found.Platform, found.Architecture, found.HasCloudInit));
            Assert.Equal((DriverState.BuiltIn, DriverState.Module), (found.Kernels[0].VirtioBlk, found.Kernels[0].Nvme));
        }
    }

    [TheoryWithTools("mkfs.xfs")]
    [InlineData("-m crc=1")]
    [InlineData("-b size=1024 -n size=8192")]
    [InlineData("-i size=1024 -b size=4096 -n size=65536")]
    [InlineData("-m crc=0 -n ftype=0")]
    [InlineData("-m crc=0 -i size=256 -b size=512")]
    [InlineData("-i nrext64=1")]
    public async Task Every_kind_of_XFS_is_read(string options)
    {
        var files = SystemFiles.Ubuntu();
        // A folder of several blocks, links that fit no inode, and names in it that are looked for.
        for (var i = 0; i < 400; i++) files[$"/usr/bin/program-with-a-name-that-takes-room-{i:d4}"] = [(byte)i];
        files["/etc/os-release"] = SystemFiles.Text("->" + string.Concat(Enumerable.Repeat("../etc/", 120)) + "../usr/lib/os-release");
        var found = await InspectedDisk.InspectAsync(_workshop.Xfs(files, options.Split(' ')));
        Assert.Empty(found.Remarks);
        Assert.Equal((FileSystemKind.Xfs, "Ubuntu", "x86_64", true), (found.Partitions[0].FileSystem, found.Platform, found.Architecture, found.HasCloudInit));
        Assert.Equal((DriverState.BuiltIn, DriverState.Module, true), (found.Kernels[0].VirtioBlk, found.Kernels[0].Nvme, found.Kernels[0].HasInitramfs));
        Assert.Single(found.Fstab);
    }

    [TheoryWithTools("mkfs.ext4")]
    [InlineData("-O bigalloc -C 16384", "bigalloc")]
    public async Task What_cannot_be_read_is_said_in_words(string options, string word)
    {
        var found = await InspectedDisk.InspectAsync(_workshop.Ext(60, SystemFiles.Ubuntu(), options.Split(' ')));
        Assert.Contains(word, Assert.Single(found.Remarks), StringComparison.Ordinal);
        Assert.Equal(("linux", null, (bool?)null), (found.OSType, found.OSId, found.HasCloudInit));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4")]
    [InlineData("UUID=2f0e9c5e-0b9a-4d55-8d0e-8a2a3d9e7a11 /boot ext4 defaults 0 2\n")]
    [InlineData("/dev/vda1 /boot ext4 defaults 0 2\n")]
    [InlineData("")]
    public async Task The_kernels_of_a_boot_partition_belong_to_the_system(string fstab)
    {
        var files = SystemFiles.Ubuntu("LABEL=root / ext4 defaults 0 1\n" + fstab);
        var boot = files.Where(static f => f.Key.StartsWith("/boot/", StringComparison.Ordinal)).ToDictionary(static f => f.Key["/boot".Length..], static f => f.Value);
        foreach (var path in boot.Keys) files.Remove("/boot" + path);
        files["/boot/empty"] = [];
        var disk = _workshop.Disk(100, "label: dos\nstart=1MiB, size=30MiB, type=83, bootable\nstart=31MiB, size=60MiB, type=83\n",
            (1, _workshop.Ext(30, boot, "-U", "2f0e9c5e-0b9a-4d55-8d0e-8a2a3d9e7a11")), (31, _workshop.Ext(60, files)));
        DiskWorkshop.Put(disk, 0, [0xEB, 0x63, 0x90]);
        var found = await InspectedDisk.InspectAsync(disk);
        var kernel = Assert.Single(found.Kernels);
        Assert.Equal((SystemFiles.Kernel, "x86_64", true, DriverState.BuiltIn), (kernel.Version, kernel.Architecture, kernel.HasInitramfs, kernel.VirtioBlk));
        Assert.Equal(("BIOS", true, false, 1), (found.BootMode, found.CanBootBios, found.CanBootUefi, found.LinuxRoots));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_system_for_ARM_is_known_by_its_programs_its_kernel_or_its_loader(bool isPacked)
    {
        var files = SystemFiles.Ubuntu();
        var kernel = SystemFiles.KernelArm64();
        files["/usr/lib/systemd/systemd"] = SystemFiles.Elf(183);
        files[$"/boot/vmlinuz-{SystemFiles.Kernel}"] = isPacked ? Gzip(kernel) : kernel;
        var esp = _workshop.Fat(40, 16, SystemFiles.Esp("ubuntu", "BOOTAA64.EFI", 0xAA64));
        var disk = _workshop.Disk(110, Gpt, (2, esp), (42, _workshop.Ext(60, files)));
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Equal(("arm64", "arm64", "arm64", "UEFI"), (found.Architecture, found.Kernels[0].Architecture, found.EfiLoaders[0].Architecture, found.BootMode));
        DiskWorkshop.Put(disk, 42 << 20, new byte[1 << 20]);
        Assert.Equal("arm64", (await InspectedDisk.InspectAsync(disk)).Architecture);
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.xfs", "mkfs.vfat", "mcopy")]
    [InlineData("almalinux", "AlmaLinux")]
    [InlineData("redhat", "RedHat")]
    [InlineData("centos", null)]
    public async Task Where_the_root_is_not_read_the_loaders_say_which_system_it_is(string vendor, string? platform)
    {
        var boot = new Dictionary<string, byte[]>
        {
            ["/vmlinuz-5.14.0-427.el9.x86_64"] = SystemFiles.KernelX64(),
            ["/vmlinuz-5.9.0-1.el9.x86_64"] = SystemFiles.KernelX64(),
            ["/vmlinuz-0-rescue-0a1b"] = SystemFiles.KernelX64(),
            ["/initramfs-5.14.0-427.el9.x86_64.img"] = [1],
            ["/config-5.14.0-427.el9.x86_64"] = SystemFiles.Text("CONFIG_VIRTIO_BLK=m\nCONFIG_BLK_DEV_NVME=y\n# CONFIG_VIRTIO_NET is not set\n"),
        };
        var disk = _workshop.Disk(450, "label: gpt\nstart=1MiB, size=40MiB, type=U\nstart=41MiB, size=60MiB, type=L\nstart=101MiB, size=310MiB, type=L\n",
            (1, _workshop.Fat(40, 16, SystemFiles.Esp(vendor, "BOOTX64.EFI", 0x8664))), (41, _workshop.Ext(60, boot)), (101, _workshop.Made(310, "mkfs.xfs", "-q")));
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Equal(FileSystemKind.Xfs, found.Partitions[2].FileSystem);
        Assert.Equal(("linux", platform, 0, "x86_64"), (found.OSType, found.Platform, found.LinuxRoots, found.Architecture));
        Assert.Equal(["5.14.0-427.el9.x86_64", "5.9.0-1.el9.x86_64"], found.Kernels.Select(static k => k.Version));
        Assert.Equal((DriverState.Module, DriverState.Absent, DriverState.BuiltIn, true), (found.Kernels[0].VirtioBlk, found.Kernels[0].VirtioNet, found.Kernels[0].Nvme, found.Kernels[0].HasInitramfs));
        Assert.Equal((DriverState.Unknown, false), (found.Kernels[1].VirtioBlk, found.Kernels[1].HasInitramfs));
    }

    [TheoryWithTools("mkfs.ext4")]
    [InlineData("/etc/os-release")]
    public async Task Links_that_lead_in_a_circle_end_in_a_remark(string path)
    {
        var files = SystemFiles.Ubuntu();
        files["/usr/lib/os-release"] = SystemFiles.Text("->/etc/os-release");
        var found = await InspectedDisk.InspectAsync(_workshop.Ext(60, files));
        Assert.Contains(found.Remarks, r => r.Contains(path, StringComparison.Ordinal) && r.Contains("links", StringComparison.Ordinal));
        Assert.Null(found.OSId);
    }

    [TheoryWithTools("mkfs.ext4")]
    [InlineData("\u001b]0;owned\u0007")]
    public async Task What_a_disk_says_never_controls_a_terminal(string evil)
    {
        var files = SystemFiles.Ubuntu($"LABEL=a{evil} / ext4 defaults 0 1\n");
        files["/usr/lib/os-release"] = SystemFiles.Text($"ID=ubuntu\nPRETTY_NAME=\"Ubuntu {evil}{new string('x', 5000)}\"\nVERSION_ID=24.04{evil}\n");
        files[$"/boot/vmlinuz-1{evil}"] = SystemFiles.KernelX64();
        var found = await InspectedDisk.InspectAsync(_workshop.Ext(60, files, "-L", "r\u001b[31m"));
        Assert.DoesNotContain(string.Join(' ', [found.OSName!, found.OSVersion!, found.Partitions[0].Label, .. found.Fstab.Select(static f => f.Device), .. found.Kernels.Select(static k => k.Version), .. found.Remarks]), char.IsControl);
        Assert.Equal(("ubuntu", true), (found.OSId, found.OSName!.Length < 300));
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }
}
