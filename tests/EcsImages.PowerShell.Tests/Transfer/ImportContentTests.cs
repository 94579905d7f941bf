using EcsImages.Core.Tests.Disks.Inspection;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.PowerShell.Tests.Transfer;

/// <summary>What is on a disk decides what becomes of it.</summary>
public sealed class ImportContentTests : IDisposable
{
    private readonly TransferWorld _world = new();
    private readonly DiskWorkshop _workshop = new();

    private TestShell Shell => _world.Shell;

    public void Dispose()
    {
        _world.Dispose();
        _workshop.Dispose();
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("vmdk")]
    public void The_file_tells_what_the_parameters_do_not(string extension)
    {
        var file = _workshop.In("disk." + extension);
        Shell.Run($"$null = Convert-EcsImageFile '{UbuntuDisk.Make(_workshop)}' '{file}'");
        var run = Shell.Try($"Import-EcsImage '{file}' -Name ubuntu -Wait");
        Assert.Empty(run.Errors);
        Assert.Empty(run.Warnings);
        var image = run.Output[0];
        Assert.Equal(("Ubuntu", "x86_64", "linux", "UEFI-Preferred", "supported"),
            ((string)image.Platform, (string)image.Architecture, (string)image.OSType, (string)image.BootMode, (string)image.NvmeSupport));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("virtio", "virtio")]
    [InlineData("fstab", "/dev/sda1")]
    public void A_system_that_would_not_start_is_refused_with_the_remedy_unless_one_insists(string wrong, string word)
    {
        var disk = UbuntuDisk.Make(_workshop, wrong);
        var error = Shell.Error($"Import-EcsImage '{disk}' -Name broken -Wait");
        Assert.Equal("DiskWouldNotBoot", error.Code());
        Assert.Contains(word, error.Text(), StringComparison.Ordinal);
        Assert.Contains("Remedy: ", error.Text(), StringComparison.Ordinal);
        Assert.Contains("-SkipCheck", error.Advice(), StringComparison.Ordinal);
        Assert.Null(_world.Objects());
        var insisted = Shell.Try($"Import-EcsImage '{disk}' -Name broken -SkipCheck -Wait");
        Assert.Empty(insisted.Errors);
        Assert.Contains(insisted.Warnings, w => w.Contains(word, StringComparison.Ordinal));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("cloud-init")]
    public void What_may_go_wrong_is_warned_of(string wrong)
    {
        var run = Shell.Try($"Import-EcsImage '{UbuntuDisk.Make(_workshop, wrong)}' -Name warned -Wait");
        Assert.Empty(run.Errors);
        Assert.Contains(run.Warnings, w => w.Contains(wrong, StringComparison.Ordinal) && w.Contains("Test-EcsImageFile", StringComparison.Ordinal));
    }

    [TheoryWithTools("qemu-img")]
    [InlineData("vmdk", "")]
    [InlineData("vmdk", "subformat=streamOptimized")]
    [InlineData("qcow2", "compat=0.10")]
    [InlineData("qcow2", "compression_type=zstd")]
    [InlineData("vpc", "subformat=dynamic")]
    [InlineData("vhdx", "")]
    [InlineData("vdi", "")]
    public void A_disk_that_QEMU_made_is_the_same_when_it_comes_back(string format, string options)
    {
        var (raw, disk, back) = (_world.MakeRaw(), _world.In("disk." + format), _world.In("back.qcow2"));
        DiskWorkshop.Run(["qemu-img", "convert", "-q", "-f", "raw", "-O", format, .. options.Length > 0 ? (string[])["-o", options] : [], .. options.Contains("zstd", StringComparison.Ordinal) ? (string[])["-c"] : [], raw, disk]);
        Shell.Run($"$null = Import-EcsImage -Path '{disk}' -Name web-2026 -Wait; $null = Get-EcsImage -Name web-2026 | Export-EcsImage -Destination '{back}' -Wait");
        // The image has whole GiB: what is beyond the file is zeros.
        DiskWorkshop.Run("qemu-img", "compare", "-q", raw, back);
        DiskWorkshop.Run("qemu-img", "check", "-q", back);
    }
}
