using System.Buffers.Binary;
using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Files that are sound and yet not just a disk: what is tolerated is said, what is not is refused with what to do.</summary>
public sealed class UnusualFileTests : IDisposable
{
    private const int Size = 2 << 20;
    private readonly string _folder = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [QemuTheory]
    [InlineData("cluster_size=64k")]
    [InlineData("extended_l2=on,cluster_size=16k")]
    public async Task Of_a_file_with_snapshots_the_current_state_is_read(string options)
    {
        var file = Made("qcow2", "-o", options);
        QemuImg.Run("snapshot", "-c", "first", file);
        QemuImg.Io(file, "write -P 0x11 64k 300k", "write -z 1M 64k");
        QemuImg.Run("snapshot", "-c", "second", file);
        QemuImg.Io(file, "discard 0 64k", "write -P 0x22 100k 10k");
        QemuImg.Run("convert", "-O", "raw", file, In("expected"));
        await using var disk = await OpenAsync(file);
        Assert.Equal(await File.ReadAllBytesAsync(In("expected")), await ReadAsync(disk));
        Assert.Contains(disk.Remarks, static r => r.Contains("2 internal snapshots", StringComparison.Ordinal));
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public async Task A_file_that_was_not_closed_is_read_and_says_so(string format)
    {
        var file = In("file");
        QemuImg.Run("create", "-f", format, "-o", "lazy_refcounts=on", file, $"{Size}");
        QemuImg.Kill(file, "write -P 0x11 64k 300k", "flush");
        var expected = new byte[Size];
        expected.AsSpan(64 << 10, 300 << 10).Fill(0x11);
        await using var disk = await OpenAsync(file);
        Assert.Equal(expected, await ReadAsync(disk));
        Assert.Contains(disk.Remarks, static r => r.Contains("not closed cleanly", StringComparison.Ordinal));
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public async Task A_file_that_is_marked_as_corrupt_is_read_and_says_so(string format)
    {
        var file = Made(format);
        Patch(file, 79, [2]);
        await using var disk = await OpenAsync(file);
        Assert.Equal(await File.ReadAllBytesAsync(In("raw")), await ReadAsync(disk));
        Assert.Contains(disk.Remarks, static r => r.Contains("marked as corrupt", StringComparison.Ordinal));
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public async Task Encrypted_content_is_refused(string format)
    {
        QemuImg.Run("create", "-f", format, "--object", "secret,id=s,data=123456", "-o", "encrypt.format=luks,encrypt.key-secret=s,encrypt.iter-time=10", In("file"), "1M");
        await AssertRefusedAsync(In("file"), "encrypted");
    }

    [QemuTheory]
    [InlineData("qcow2")]
    public async Task Data_in_another_file_are_refused(string format)
    {
        QemuImg.Run("create", "-f", format, "-o", $"data_file={In("data")}", In("file"), "1M");
        await AssertRefusedAsync(In("file"), "in another file");
    }

    [QemuTheory]
    [InlineData("vhdx")]
    public async Task A_log_that_was_not_carried_out_is_refused_until_it_was(string format)
    {
        var file = In("file");
        VhdxLog.MakePending(file);
        await AssertRefusedAsync(file, "its log holds changes");
        QemuImg.Run("check", "-r", "all", "-f", format, file);
        var expected = new byte[5 << 20];
        expected.AsSpan(64 << 10, 300 << 10).Fill(0x11);
        await using var disk = await OpenAsync(file);
        Assert.Equal(expected, await ReadAsync(disk));
    }

    [QemuTheory]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_vhdx_tells_the_size_of_its_sectors(int size)
    {
        var bytes = await File.ReadAllBytesAsync(Made("vhdx"));
        // The item that holds 512 is the only one of its kind.
        var entry = bytes.AsSpan().IndexOf(new Guid("8141BF1D-A96F-4709-BA47-F233A8FAAB5F").ToByteArray());
        var table = bytes.AsSpan().IndexOf("metadata"u8);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(table + BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(entry + 16))), size);
        await File.WriteAllBytesAsync(In("file"), bytes);
        await using var disk = await OpenAsync(In("file"));
        Assert.Equal(size, disk.SectorSize);
    }

    [QemuTheory]
    [InlineData("vpc")]
    public async Task A_differencing_vhd_is_refused(string format)
    {
        var file = Made(format, "-o", "force_size=on");
        var footer = (await File.ReadAllBytesAsync(file))[^512..];
        footer[63] = 4;
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(64), 0);
        BinaryPrimitives.WriteUInt32BigEndian(footer.AsSpan(64), ~(uint)footer.Sum(static b => b));
        Patch(file, (int)new FileInfo(file).Length - 512, footer);
        await AssertRefusedAsync(file, "Merge both first");
    }

    [QemuTheory]
    [InlineData("vpc")]
    public async Task The_size_of_a_vhd_is_the_one_it_names_and_not_its_geometry(string format)
    {
        // 4,096 sectors are no number of whole cylinders.
        var file = Made(format, "-o", "force_size=on,subformat=fixed");
        var footer = (await File.ReadAllBytesAsync(file))[^512..];
        var geometry = BinaryPrimitives.ReadUInt16BigEndian(footer.AsSpan(56)) * footer[58] * footer[59] * 512L;
        Assert.NotEqual(Size, geometry);
        await using var disk = await OpenAsync(file);
        Assert.Equal(Size, disk.Length);
    }

    [QemuTheory]
    [InlineData("vmdk")]
    public async Task A_vmdk_with_a_parent_is_refused(string format)
    {
        Made(format);
        QemuImg.Run("create", "-f", format, "-b", "file", "-F", format, In("child"));
        await AssertRefusedAsync(In("child"), "parent disk");
    }

    [QemuTheory]
    [InlineData("vmdk")]
    public async Task A_piece_of_a_disk_that_is_named_alone_says_so(string format)
    {
        Made(format, "-o", "subformat=twoGbMaxExtentSparse");
        var piece = Directory.EnumerateFiles(_folder, "file-*").Single();
        await using var disk = await OpenAsync(piece);
        Assert.True(disk.Traits.IsPiece);
        Assert.Contains(disk.Remarks, static r => r.Contains("piece of a disk", StringComparison.Ordinal));
        await using var whole = await OpenAsync(In("file"));
        Assert.False(whole.Traits.IsPiece);
        Assert.Empty(whole.Remarks);
    }

    [Fact]
    public async Task A_descriptor_that_leads_out_of_its_folder_is_refused()
    {
        await File.WriteAllTextAsync(In("file"), "# Disk DescriptorFile\nversion=1\nRW 2048 FLAT \"../secret\" 0\n", Encoding.ASCII);
        await AssertRefusedAsync(In("file"), "outside its folder");
    }

    private string Made(string format, params string[] options)
    {
        File.WriteAllBytes(In("raw"), DiskPattern.Make(Size, seed: 3));
        QemuImg.Run(["convert", "-f", "raw", "-O", format, .. options, In("raw"), In("file")]);
        return In("file");
    }

    private static void Patch(string file, int at, byte[] bytes)
    {
        using var handle = File.OpenHandle(file, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(handle, bytes, at);
    }

    private async ValueTask<IDisk> OpenAsync(string file) =>
        await new DiskOpening { Sibling = (_, n) => FileSource.Open(In(n)) }.OpenAsync(FileSource.Open(file), CancellationToken.None);

    private static async Task<byte[]> ReadAsync(IDisk disk)
    {
        var bytes = new byte[disk.Length];
        await disk.ReadAsync(0, bytes, CancellationToken.None);
        return bytes;
    }

    private async Task AssertRefusedAsync(string file, string why) =>
        Assert.Contains(why, (await Assert.ThrowsAsync<DiskFormatException>(() => OpenAsync(file).AsTask())).Message, StringComparison.Ordinal);

    private string In(string name) => Path.Combine(_folder, name);
}
