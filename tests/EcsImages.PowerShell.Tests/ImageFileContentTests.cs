using EcsImages.Core.Tests.Disks.Inspection;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.PowerShell.Tests;

/// <summary>What is on the disks of files: shown, compared, judged.</summary>
public sealed class ImageFileContentTests : IDisposable
{
    private readonly TestShell _shell = new(connect: false);
    private readonly DiskWorkshop _workshop = new();

    public void Dispose()
    {
        _shell.Dispose();
        _workshop.Dispose();
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("raw")]
    [InlineData("qcow2")]
    [InlineData("vmdk")]
    public void A_file_tells_what_is_on_its_disk_whatever_its_format(string extension)
    {
        var disk = Ubuntu();
        var file = extension == "raw" ? disk : _workshop.In("disk." + extension);
        if (extension != "raw") _shell.Run($"$null = Convert-EcsImageFile '{disk}' '{file}'");
        Assert.Equal("GPT UEFI-Preferred linux Ubuntu x86_64 True Ubuntu 24.04.1 LTS",
            _shell.Text($"$f = Get-EcsImageFile '{file}'; \"$($f.PartitionTable) $($f.BootMode) $($f.OSType) $($f.Platform) $($f.Architecture) $($f.HasCloudInit) $($f.OSName)\""));
        Assert.Equal("1 BIOS boot (0.001 GiB)|2 FAT32 esp (0.039 GiB)|3 ext4 root (0.039 GiB)", _shell.Text("$f.Partitions -join '|'"));
        Assert.Equal("6.8.0-45-generic BuiltIn Module", _shell.Text("\"$($f.Kernels[0].Version) $($f.Kernels[0].VirtioBlk) $($f.Kernels[0].Nvme)\""));
        Assert.Equal("0", _shell.Text("$f.Remarks.Count"));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData(false)]
    [InlineData(true)]
    public void What_differs_is_told_by_its_partition(bool hasOtherTable)
    {
        var disk = Ubuntu();
        var other = _workshop.In("other.raw");
        File.Copy(disk, other);
        DiskWorkshop.Flip(other, (42 << 20) + 5000);
        DiskWorkshop.Put(other, (2 << 20) - 3, [1, 2, 3, 4, 5, 6]);
        DiskWorkshop.Put(other, 84 << 20, [1]);
        if (hasOtherTable) DiskWorkshop.Put(other, 1, [0x64]);
        Assert.Equal((hasOtherTable ? "partition table: 512 bytes|" : "") + "partition 1: 512 bytes|partition 2 (FAT32 esp): 512 bytes|partition 3 (ext4 root): 512 bytes|outside of all partitions: 512 bytes",
            _shell.Text($"$c = Compare-EcsImageFile '{disk}' '{other}'; $c.Places -join '|'"));
        Assert.Equal("True", _shell.Text("$c.HasSamePartitions"));
        Assert.Equal("partition 3 (ext4 root)", _shell.Text("@($c.Ranges | Where-Object Start -eq 44044800)[0].Place"));
        Assert.Equal("2 3", _shell.Text("($c.Places | Where-Object PartitionNumber -ge 2).PartitionNumber -join ' '"));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("")]
    [InlineData("-LiteralPath")]
    public void A_good_disk_is_compatible_and_says_what_was_looked_at(string parameter)
    {
        var disk = Ubuntu();
        var test = _shell.Run($"Test-EcsImageFile {parameter} '{disk}'")[0];
        Assert.Equal(("Compatible", "x86_64", "UEFI-Preferred"), ((string)test.Verdict.ToString(), (string)test.Architecture, (string)test.BootMode));
        Assert.Equal("True", _shell.Text($"Test-EcsImageFile {parameter} '{disk}' -Quiet"));
        Assert.Equal("Format BootLoader VirtioDrivers CloudInit FstabDevices", _shell.Text($"(Test-EcsImageFile '{disk}').Findings.Id -match '^(Format|BootLoader|VirtioDrivers|CloudInit|FstabDevices)$' -join ' '"));
        Assert.Equal("Compatible", _shell.Text($"(Get-EcsImageFile '{disk}' | Test-EcsImageFile).Verdict"));
        Assert.Equal("Compatible", _shell.Text($"([IO.FileInfo]'{disk}' | Test-EcsImageFile).Verdict"));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("fstab", "FstabDevices", "/dev/sda1")]
    [InlineData("cloud-init", "CloudInit", "apt-get install cloud-init")]
    [InlineData("virtio", "VirtioDrivers", "apt-get")]
    public void What_is_wrong_has_a_remedy(string what, string id, string remedy)
    {
        var disk = Ubuntu(what);
        Assert.Contains(remedy, _shell.Text($"$t = Test-EcsImageFile '{disk}'; $t.Problems | Where-Object Id -eq {id} | ForEach-Object Remedy"), StringComparison.Ordinal);
        Assert.Equal(what == "cloud-init" ? "True" : "False", _shell.Text($"Test-EcsImageFile '{disk}' -Quiet"));
        Assert.NotEmpty(_shell.Text("$t.Reason"));
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4", "mkfs.vfat", "mcopy")]
    [InlineData("ecs.g7.large", "True")]
    [InlineData("ecs.g8y.large", "False")]
    public void A_type_is_asked_about_with_a_connection_only(string type, string starts)
    {
        var disk = Ubuntu();
        _shell.Run("$null = Connect-EcsAccount -Local -Path $folder -Account us -RegionId cn-hangzhou");
        Assert.Equal(starts, _shell.Text($"Test-EcsImageFile '{disk}' -InstanceType {type} -Quiet"));
        Assert.Equal(type, _shell.Text($"(Get-EcsImageFile '{disk}' | Test-EcsImageFile -InstanceType {type}).InstanceType"));
        Assert.Equal("InvalidInstanceType", _shell.Text($"(Test-EcsImageFile '{disk}' -InstanceType ecs.none.large -ErrorVariable e -ErrorAction SilentlyContinue); ($e[0].FullyQualifiedErrorId -split '\\.')[0]"));
    }

    [Theory]
    [InlineData("Test-EcsImageFile '{0}/missing.raw'", "FileNotFound")]
    [InlineData("Test-EcsImageFile '{0}'", "FileIsFolder")]
    [InlineData("Test-EcsImageFile '{0}/broken.qcow2'", "DiskImageUnreadable")]
    public void What_cannot_be_looked_at_is_one_error(string script, string id)
    {
        File.WriteAllBytes(_workshop.In("broken.qcow2"), [0x51, 0x46, 0x49, 0xFB, 0, 0, 0, 3, .. new byte[600]]);
        var error = _shell.Error(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _workshop.Folder));
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_disk_starts_nowhere_and_is_well_as_a_data_disk()
    {
        var disk = _workshop.Empty(1);
        Assert.Equal("Incompatible False True", _shell.Text($"\"$((Test-EcsImageFile '{disk}').Verdict) $(Test-EcsImageFile '{disk}' -Quiet) $(Test-EcsImageFile '{disk}' -DataDisk -Quiet)\""));
        Assert.Equal("None", _shell.Text($"(Get-EcsImageFile '{disk}').PartitionTable"));
    }

    private string Ubuntu(string wrong = "") => UbuntuDisk.Make(_workshop, wrong);
}
