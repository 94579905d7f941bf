using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Files;
using EcsImages.Core.Tests.Disks;

namespace EcsImages.Core.Tests.Files;

/// <summary>Devices and pipes have names like files, and are none.</summary>
public sealed class RegularFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-files-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void A_file_is_one_whatever_it_holds_and_whoever_leads_to_it(int length)
    {
        File.WriteAllBytes(In("file"), new byte[length]);
        Assert.True(RegularFile.Is(In("file")));
        if (OperatingSystem.IsWindows()) return;
        File.CreateSymbolicLink(In("link"), In("file"));
        Assert.True(RegularFile.Is(In("link")));
        File.SetUnixFileMode(In("file"), UnixFileMode.None);
        Assert.True(RegularFile.Is(In("file")));
    }

    [Fact]
    public async Task Devices_pipes_and_sockets_are_refused_and_nobody_waits_for_them()
    {
        if (OperatingSystem.IsWindows()) return;
        using (var made = Process.Start("mkfifo", In("pipe"))) await made.WaitForExitAsync();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("socket")));
        File.CreateSymbolicLink(In("link"), "/dev/null");
        foreach (var path in (string[])["/dev/null", "/dev/zero", In("pipe"), In("socket"), In("link")])
        {
            Assert.False(RegularFile.Is(path), path);
            Assert.Contains("no file", Assert.Throws<IOException>(() => FileSource.Open(path)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_file_takes_the_place_of_a_device()
    {
        if (OperatingSystem.IsWindows()) return;
        using (var made = Process.Start("mkfifo", In("pipe"))) await made.WaitForExitAsync();
        await using var disk = new RawDisk(await SourceAsync());
        await Assert.ThrowsAsync<IOException>(() => DiskConversion.RunAsync(disk, new DiskTarget(DiskFormat.Raw), In("pipe"), verifies: true, null, CancellationToken.None));
        Assert.False(RegularFile.Is(In("pipe")));
    }

    [Fact]
    public async Task A_file_that_comes_while_a_disk_is_converted_stays()
    {
        await using var disk = new RawDisk(await SourceAsync());
        var comes = new Comes(In("new.raw"));
        await Assert.ThrowsAsync<IOException>(() => DiskConversion.RunAsync(disk, new DiskTarget(DiskFormat.Raw), In("new.raw"), verifies: true, comes, CancellationToken.None, replaces: false));
        Assert.Equal("precious", await File.ReadAllTextAsync(In("new.raw")));
        await DiskConversion.RunAsync(disk, new DiskTarget(DiskFormat.Raw), In("new.raw"), verifies: true, null, CancellationToken.None, replaces: true);
        Assert.Equal(4096, new FileInfo(In("new.raw")).Length);
    }

    [Fact]
    public async Task What_is_unpacked_for_a_while_is_for_nobody_else()
    {
        await File.WriteAllBytesAsync(In("disk.gz"), TestPackage.Gzip(DiskPattern.Make(1 << 20, seed: 3)));
        var folder = Directory.CreateDirectory(In("temporary")).FullName;
        await using (var file = await DiskFile.OpenAsync(In("disk.gz"), new DiskFileOptions { TemporaryFolder = folder }, CancellationToken.None))
        {
            var unpacked = Assert.Single(Directory.GetFiles(folder));
            if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(unpacked));
            Assert.Equal(1 << 20, file.Disk.Length);
        }
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_file_tells_all_files_that_its_disk_lies_in_each_beside_the_one_that_names_it()
    {
        var below = Directory.CreateDirectory(In("below")).FullName;
        await File.WriteAllTextAsync(Path.Combine(below, "disk.vmdk"), "# Disk DescriptorFile\nversion=1\nRW 8 FLAT \"disk-flat.vmdk\" 0\n");
        await File.WriteAllBytesAsync(Path.Combine(below, "disk-flat.vmdk"), DiskPattern.Make(4096, seed: 9));
        await File.WriteAllBytesAsync(In("disk.qcow2"), Overlay("below/disk.vmdk"));
        await using var file = await DiskFile.OpenAsync(In("disk.qcow2"), new DiskFileOptions { FollowsBackingFiles = true }, CancellationToken.None);
        Assert.Equal([In("disk.qcow2"), Path.Combine(below, "disk.vmdk"), Path.Combine(below, "disk-flat.vmdk")], file.Files.Select(Path.GetFullPath));
        var bytes = new byte[4096];
        await file.Disk.ReadAsync(0, bytes, CancellationToken.None);
        Assert.Equal(DiskPattern.Make(4096, seed: 9), bytes);
    }

    [Fact]
    public void How_much_room_there_is_is_a_number_or_not_known()
    {
        Assert.True(FreeRoom.In(_folder) > 0);
        Assert.Null(FreeRoom.In(OperatingSystem.IsWindows() ? @"\\server\share\folder" : In("nowhere")));
    }

    // An empty QCOW2 of 4 KiB that is based on another file.
    private static byte[] Overlay(string name)
    {
        var file = new byte[3 * 65536];
        new Qcow2Header { Version = 3, ClusterBits = 16, Length = 4096, L1Entries = 1, L1Offset = 65536 }.Write(file, 131072, 1);
        Encoding.ASCII.GetBytes(name).CopyTo(file, 512);
        file[14] = 2;
        file[19] = (byte)name.Length;
        return file;
    }

    private async Task<FileSource> SourceAsync()
    {
        await File.WriteAllBytesAsync(In("disk.raw"), DiskPattern.Make(4096, seed: 2));
        return FileSource.Open(In("disk.raw"));
    }

    private string In(string name) => Path.Combine(_folder, name);

    private sealed class Comes(string path) : IProgress<(string Work, DiskCopyProgress Done)>
    {
        public void Report((string Work, DiskCopyProgress Done) value)
        {
            if (!File.Exists(path)) File.WriteAllText(path, "precious");
        }
    }
}
