using System.Buffers.Binary;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>File systems and what else fills partitions, as their own tools make them; util-linux' blkid is the judge.</summary>
public sealed class SignatureTests : IDisposable
{
    private readonly DiskWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [TheoryWithTools("mkfs.ext4", "mkfs.vfat", "mkfs.xfs", "mkfs.btrfs", "mkfs.ntfs", "mkswap", "blkid")]
    [InlineData(8, "ext2", "mkfs.ext2 -q -F -L data")]
    [InlineData(8, "ext3", "mkfs.ext3 -q -F -L data")]
    [InlineData(8, "ext4", "mkfs.ext4 -q -F -L data")]
    [InlineData(310, "XFS", "mkfs.xfs -q -L data")]
    [InlineData(120, "Btrfs", "mkfs.btrfs -q -L data")]
    [InlineData(8, "NTFS", "mkfs.ntfs -q -F -f")]
    [InlineData(2, "FAT12", "mkfs.vfat -F 12 -n DATA")]
    [InlineData(20, "FAT16", "mkfs.vfat -F 16 -n DATA")]
    [InlineData(40, "FAT32", "mkfs.vfat -F 32 -n DATA")]
    [InlineData(40, "FAT32", "mkfs.vfat -F 32 -S 4096")]
    [InlineData(8, "swap", "mkswap -L data")]
    [InlineData(8, "swap", "mkswap -p 65536")]
    public async Task A_file_system_is_known_with_its_label_and_id(int mib, string name, string command)
    {
        var volume = _workshop.Made(mib, command.Split(' '));
        var found = Assert.Single((await InspectedDisk.InspectAsync(volume)).Partitions);
        Assert.Equal(name, found.FileSystem.Name());
        var said = Tool.Run("blkid", "-p", "-o", "export", volume).Output.Split('\n').Select(static l => l.Split('=', 2)).Where(static p => p.Length == 2).ToDictionary(static p => p[0], static p => p[1]);
        Assert.Equal(said.GetValueOrDefault("UUID", ""), found.Uuid);
        Assert.Equal(said.GetValueOrDefault("LABEL", ""), found.Label);
    }

    [TheoryWithTools("cryptsetup", "blkid")]
    [InlineData("luks1")]
    [InlineData("luks2")]
    public async Task A_volume_that_Linux_encrypted_is_known(string type)
    {
        await File.WriteAllTextAsync(_workshop.In("key"), "a key");
        var volume = _workshop.Empty(20);
        string[] cost = type == "luks2" ? ["--pbkdf", "pbkdf2", "--pbkdf-force-iterations", "1000"] : ["--pbkdf-force-iterations", "1000"];
        DiskWorkshop.Run(["cryptsetup", "luksFormat", "--batch-mode", "--type", type, .. cost, volume, _workshop.In("key")]);
        var found = Assert.Single((await InspectedDisk.InspectAsync(volume)).Partitions);
        Assert.Equal(FileSystemKind.Luks, found.FileSystem);
        Assert.Contains($"UUID={found.Uuid}", Tool.Run("blkid", "-p", "-o", "export", volume).Output, StringComparison.Ordinal);
    }

    [TheoryWithTools("genisoimage")]
    [InlineData("INSTALL")]
    public async Task An_installation_medium_is_known(string label)
    {
        Directory.CreateDirectory(_workshop.In("medium"));
        await File.WriteAllTextAsync(Path.Combine(_workshop.In("medium"), "readme"), "boot me");
        DiskWorkshop.Run("genisoimage", "-quiet", "-V", label, "-o", _workshop.In("iso"), _workshop.In("medium"));
        var found = await InspectedDisk.InspectAsync(_workshop.In("iso"));
        Assert.Equal((true, FileSystemKind.Iso9660, label), (found.IsInstallationMedium, found.Partitions[0].FileSystem, found.Partitions[0].Label));
    }

    public static TheoryData<string, int, byte[]> Marks => new()
    {
        { "ReFS", 3, "ReFS\0"u8.ToArray() },
        { "exFAT", 3, "EXFAT   "u8.ToArray() },
        { "BitLocker", 3, "-FVE-FS-"u8.ToArray() },
        { "SquashFS", 0, "hsqs"u8.ToArray() },
        { "UFS", 65536 + 1372, [0x19, 0x01, 0x54, 0x19] },
        { "ZFS", (128 + 5) * 1024, [0x0C, 0xB1, 0xBA, 0, 0, 0, 0, 0] },
        { "mdraid", 4096, [0xFC, 0x4E, 0x2B, 0xA9] },
        { "mdraid", (1 << 20) - 8192, [0xFC, 0x4E, 0x2B, 0xA9] },
        { "mdraid", (1 << 20) - 65536, [0xFC, 0x4E, 0x2B, 0xA9] },
        { "", 700_000, [1] },
    };

    [Theory]
    [MemberData(nameof(Marks))]
    public async Task What_no_tool_here_makes_is_known_by_its_mark(string name, int at, byte[] mark)
    {
        var volume = _workshop.Empty(1);
        DiskWorkshop.Put(volume, at, mark);
        var found = await InspectedDisk.InspectAsync(volume);
        Assert.Equal(name, found.Partitions.Count == 0 ? "" : found.Partitions[0].FileSystem.Name());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public async Task A_physical_volume_of_LVM_is_known(int sector)
    {
        var volume = _workshop.Empty(1);
        var label = new byte[512];
        "LABELONE"u8.CopyTo(label);
        BinaryPrimitives.WriteUInt64LittleEndian(label.AsSpan(8), (ulong)sector);
        "LVM2 001"u8.CopyTo(label.AsSpan(24));
        "AbCdEfGhIjKlMnOpQrStUvWxYz012345"u8.CopyTo(label.AsSpan(32));
        DiskWorkshop.Put(volume, sector * 512, label);
        var found = await InspectedDisk.InspectAsync(volume);
        Assert.Equal((FileSystemKind.Lvm2, "AbCdEf-GhIj-KlMn-OpQr-StUv-WxYz-012345", "linux"), (found.Partitions[0].FileSystem, found.Partitions[0].Uuid, found.OSType));
    }

    [TheoryWithTools("sfdisk", "mkfs.vfat", "mkfs.ntfs", "mcopy")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_Windows_is_known_by_its_loader_or_by_its_active_partition(bool isUefi)
    {
        var ntfs = _workshop.Made(20, "mkfs.ntfs", "-q", "-F", "-f");
        var disk = isUefi
            ? _workshop.Disk(80, "label: gpt\nstart=1MiB, size=40MiB, type=U\nstart=41MiB, size=20MiB, type=EBD0A0A2-B9E5-4433-87C0-68B6B72699C7\n",
                (1, _workshop.Fat(40, 32, new Dictionary<string, byte[]> { ["/EFI/Microsoft/Boot/bootmgfw.efi"] = SystemFiles.Pe(0x8664), ["/EFI/Boot/bootx64.efi"] = SystemFiles.Pe(0x8664) })), (41, ntfs))
            : _workshop.Disk(80, "label: dos\nstart=1MiB, size=20MiB, type=7, bootable\n", (1, ntfs));
        if (!isUefi) DiskWorkshop.Put(disk, 0, [0x33, 0xC0, 0x8E]);
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Equal(("windows", isUefi ? "UEFI" : "BIOS", isUefi ? "x86_64" : null), (found.OSType, found.BootMode, found.Architecture));
    }

    [TheoryWithTools("sfdisk", "mkfs.vfat", "mcopy")]
    [InlineData(2, 12)]
    [InlineData(20, 16)]
    [InlineData(40, 32)]
    public async Task Every_FAT_is_read_through_long_chains_and_long_names(int mib, int bits)
    {
        var files = SystemFiles.Esp("vendor", "BOOTX64.EFI", 0x8664);
        // A folder of several clusters before the one that counts.
        for (var i = 0; i < 120; i++) files[$"/EFI/vendor/A program with quite a long name, number {i}.txt"] = [1];
        files["/EFI/vendor/zz the last one.efi"] = SystemFiles.Pe(0xAA64);
        var disk = _workshop.Disk(mib + 2, $"label: dos\nstart=1MiB, size={mib}MiB, type=ef\n", (1, _workshop.Fat(mib, bits, files)));
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Empty(found.Remarks);
        Assert.Equal([("EFI/BOOT/BOOTX64.EFI", "x86_64"), ("EFI/vendor/a loader with a long name.efi", "x86_64"), ("EFI/vendor/zz the last one.efi", "arm64")],
            found.EfiLoaders.Select(static l => (l.Path, l.Architecture!)).Order());
        Assert.Equal("UEFI", found.BootMode);
    }

    [TheoryWithTools("mkfs.vfat")]
    [InlineData(1)]
    [InlineData(40)]
    public async Task A_volume_without_a_table_is_not_taken_for_a_partitioned_disk(int mib)
    {
        var found = await InspectedDisk.InspectAsync(_workshop.Fat(mib, mib == 1 ? 12 : 32, new Dictionary<string, byte[]>()));
        Assert.Equal((PartitionScheme.None, true), (found.Scheme, found.Partitions[0].FileSystem.IsFat()));
    }
}
