namespace EcsImages.PowerShell.Tests;

public sealed class ImageFileTests : IDisposable
{
    private const int Size = 3 * 1024 * 1024;
    private readonly TestShell _shell = new(connect: false);
    private readonly string _disk;

    public ImageFileTests()
    {
        Directory.CreateDirectory(_shell.Folder);
        _disk = In("disk.raw");
        var bytes = new byte[Size];
        new Random(20261124).NextBytes(bytes.AsSpan(1 << 20, 70_000));
        File.WriteAllBytes(_disk, bytes);
    }

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("disk.qcow2", "", "QCOW2")]
    [InlineData("disk.qcow2", "-Compress", "QCOW2")]
    [InlineData("disk.vhd", "", "VHD")]
    [InlineData("disk.vhd", "-Fixed", "VHD")]
    [InlineData("disk.vhdx", "", "VHDX")]
    [InlineData("disk.vmdk", "", "VMDK")]
    [InlineData("disk.img", "", "RAW")]
    [InlineData("disk.bin", "-Format qcow2", "QCOW2")]
    public void A_disk_is_the_same_in_another_format(string name, string options, string format)
    {
        var made = _shell.Run($"Convert-EcsImageFile '{_disk}' '{In(name)}' {options}")[0];
        Assert.Equal((format, (long)Size, In(name)), ((string)made.Format, (long)made.SizeBytes, (string)made.Path));
        Assert.Equal("True", _shell.Text($"Compare-EcsImageFile '{_disk}' '{In(name)}' -Quiet"));
        Assert.DoesNotContain(Directory.GetFiles(_shell.Folder), static f => f.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_come_down_the_pipeline_and_each_gives_one_object()
    {
        _shell.Run($"$null = Convert-EcsImageFile '{_disk}' '{In("disk.vmdk")}'; [IO.FileInfo[]]$files = '{_disk}', '{In("disk.vmdk")}'");
        Assert.Equal("RAW VMDK", _shell.Text("($files | Get-EcsImageFile).Format -join ' '"));
        Assert.Equal("RAW VMDK", _shell.Text($"(Get-EcsImageFile '{In("disk.*")}').Format -join ' '"));
        Assert.Equal("0.003", _shell.Text("\"$(($files | Get-EcsImageFile)[0].SizeGiB)\""));
    }

    [Fact]
    public void What_differs_is_told_by_its_place()
    {
        var other = File.ReadAllBytes(_disk);
        other[5000]++;
        other[(1 << 20) + 1024]++;
        other[(1 << 20) + 1536]++;
        File.WriteAllBytes(In("other.raw"), other);
        var comparison = _shell.Run($"Compare-EcsImageFile '{_disk}' '{In("other.raw")}'")[0];
        Assert.Equal((false, 1536L), ((bool)comparison.IsEqual, (long)comparison.DifferentBytes));
        Assert.Equal("4608+512 1049600+1024", _shell.Text($"\"$((Compare-EcsImageFile '{_disk}' '{In("other.raw")}').Ranges)\""));
        Assert.Equal("False", _shell.Text($"Compare-EcsImageFile '{_disk}' '{In("other.raw")}' -Quiet"));
    }

    [Fact]
    public void A_longer_disk_is_another_disk_though_zeros_follow()
    {
        File.WriteAllBytes(In("longer.raw"), [.. File.ReadAllBytes(_disk), .. new byte[512]]);
        Assert.Equal("False 0", _shell.Text($"$c = Compare-EcsImageFile '{_disk}' '{In("longer.raw")}'; \"$($c.IsEqual) $($c.DifferentBytes)\""));
        Assert.Equal("False", _shell.Text($"Compare-EcsImageFile '{_disk}' '{In("longer.raw")}' -Quiet"));
    }

    [Theory]
    [InlineData("Get-EcsImageFile '{0}/missing.raw'", "FileNotFound", "ObjectNotFound")]
    [InlineData("Get-EcsImageFile -LiteralPath '{0}/*.raw'", "FileNotFound", "ObjectNotFound")]
    [InlineData("Get-EcsImageFile '{0}'", "FileIsFolder", "InvalidArgument")]
    [InlineData("Get-EcsImageFile nowhere:/disk.raw", "FileNotFound", "ObjectNotFound")]
    [InlineData("Get-EcsImageFile env:PATH", "FileNotInFileSystem", "InvalidArgument")]
    [InlineData("Get-EcsImageFile '{0}/broken.qcow2'", "DiskImageUnreadable", "InvalidData")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/disk.raw' -Force", "FileIsSource", "InvalidArgument")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/broken.qcow2'", "FileExists", "ResourceExists")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/disk.xyz'", "FormatUnknown", "InvalidArgument")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/disk.vdi'", "FormatUnsuitable", "InvalidArgument")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/disk.vhd' -Compress", "FormatUnsuitable", "InvalidArgument")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/no/disk.vhd'", "FolderNotFound", "ObjectNotFound")]
    [InlineData("Convert-EcsImageFile '{0}/broken.qcow2' '{0}/disk.vhd'", "DiskImageUnreadable", "InvalidData")]
    public void What_cannot_be_done_is_one_error_that_says_why(string script, string id, string category)
    {
        File.WriteAllBytes(In("broken.qcow2"), [0x51, 0x46, 0x49, 0xFB, 0, 0, 0, 3, .. new byte[600]]);
        var run = _shell.Try(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _shell.Folder));
        var error = Assert.Single(run.Errors);
        Assert.StartsWith(id + ",", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(category, $"{error.CategoryInfo.Category}");
        Assert.False(File.Exists(In("disk.vhd")));
    }

    [Theory]
    [InlineData("Get-EcsImageFile /dev/null")]
    [InlineData("Test-EcsImageFile /dev/zero")]
    [InlineData("Compare-EcsImageFile '{0}/disk.raw' '{0}/pipe'")]
    [InlineData("Convert-EcsImageFile '{0}/pipe' '{0}/new.qcow2'")]
    [InlineData("Convert-EcsImageFile '{0}/disk.raw' '{0}/pipe' -Format RAW -Force")]
    public void Devices_and_pipes_are_no_files_to_read_or_to_write(string script)
    {
        if (OperatingSystem.IsWindows()) return;
        using (var made = System.Diagnostics.Process.Start("mkfifo", In("pipe"))) made.WaitForExit();
        var error = Assert.Single(_shell.Try(string.Format(System.Globalization.CultureInfo.InvariantCulture, script, _shell.Folder)).Errors);
        Assert.StartsWith("FileIsDevice,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, new FileInfo(In("pipe")).Length);
        Assert.False(File.Exists(In("new.qcow2")));
    }

    [Fact]
    public void No_part_of_the_source_is_replaced()
    {
        File.Copy(_disk, In("disk-flat.vmdk"));
        File.WriteAllText(In("disk.vmdk"), $"# Disk DescriptorFile\nversion=1\nRW {Size / 512} FLAT \"disk-flat.vmdk\" 0\n");
        var error = Assert.Single(_shell.Try($"Convert-EcsImageFile '{In("disk.vmdk")}' '{In("disk-flat.vmdk")}' -Force").Errors);
        Assert.StartsWith("FileIsSource,", error.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllBytes(_disk), File.ReadAllBytes(In("disk-flat.vmdk")));
    }

    [Theory]
    [InlineData("disk.vhd", "", true)]
    [InlineData("disk.vhd", "-Fixed", false)]
    [InlineData("disk.qcow2", "", false)]
    public void A_file_that_the_service_would_refuse_for_its_length_is_warned_of(string name, string options, bool isWarnedOf)
    {
        var run = _shell.Try($"Convert-EcsImageFile '{_disk}' '{In(name)}' {options}");
        Assert.Empty(run.Errors);
        Assert.Equal(isWarnedOf, run.Warnings.Any(static w => w.Contains("-Fixed", StringComparison.Ordinal)));
        Assert.Equal(!isWarnedOf, _shell.Text($"(Test-EcsImageFile '{In(name)}' -DataDisk).Problems.Id -notcontains 'VhdSize'") == "True");
    }

    [Fact]
    public void A_file_that_is_there_stays_whole_until_the_new_one_is()
    {
        File.WriteAllText(In("disk.qcow2"), "precious");
        _shell.Run($"Convert-EcsImageFile '{_disk}' '{In("disk.qcow2")}' -Force -WhatIf");
        Assert.Equal("precious", File.ReadAllText(In("disk.qcow2")));
        _shell.Run($"$null = Convert-EcsImageFile '{_disk}' '{In("disk.qcow2")}' -Force");
        Assert.Equal("True", _shell.Text($"Compare-EcsImageFile '{_disk}' '{In("disk.qcow2")}' -Quiet"));
    }

    private string In(string name) => Path.Combine(_shell.Folder, name);
}
