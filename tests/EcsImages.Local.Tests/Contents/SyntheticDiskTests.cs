using System.Security.Cryptography;
using EcsImages.Core.Disks;
using EcsImages.Local.Contents;
using EcsImages.Local.Contents.Synthetic;

namespace EcsImages.Local.Tests.Contents;

public sealed class SyntheticDiskTests : IDisposable
{
    private readonly ContentFixture _store = new();

    public void Dispose() => _store.Dispose();

    [TheoryWithTools("sgdisk", "sfdisk", "e2fsck", "fsck.fat", "blkid")]
    [InlineData("linux", "UEFI-Preferred", "x86_64", 40)]
    [InlineData("linux", "UEFI", "arm64", 20)]
    [InlineData("linux", "BIOS", "x86_64", 40)]
    [InlineData("linux", "BIOS", "i386", 1)]
    [InlineData("linux", "UEFI", "x86_64", 1)]
    [InlineData("linux", "UEFI-Preferred", "arm64", 500)]
    [InlineData("windows", "BIOS", "x86_64", 40)]
    [InlineData("windows", "UEFI", "x86_64", 1)]
    [InlineData("windows", "UEFI-Preferred", "x86_64", 2048)]
    public async Task Partition_and_file_system_checkers_find_nothing_wrong(string os, string boot, string architecture, int size)
    {
        var disk = Disk("m-1", size, os, boot, architecture);
        var id = await ObtainAsync(disk);
        using var reader = _store.Open(id);
        var file = _store.Folder.FileOf(id);

        Assert.Equal((long)size << 30, reader.Length);
        Judge("sfdisk", "--verify", file);
        if (boot != "BIOS") Assert.Contains("No problems found", Judge("sgdisk", "-v", file), StringComparison.Ordinal);

        var partitions = Partitions(file);
        Assert.Equal(Types(os, boot, architecture), partitions.Select(static p => p.Type));
        var system = await ExtractAsync(reader, partitions[^1]);
        if (os == "linux")
        {
            Assert.Contains("11/", Judge("e2fsck", "-fn", system), StringComparison.Ordinal);
            Assert.Contains("TYPE=\"ext4\"", Judge("blkid", "-p", system), StringComparison.Ordinal);
        }
        else
        {
            JudgeFat(system);
        }
        Assert.Contains("LABEL=\"SYSTEM\"", Judge("blkid", "-p", system), StringComparison.Ordinal);
        if (boot != "BIOS") JudgeFat(await ExtractAsync(reader, partitions.Single(static p => p.Type == Esp)));
    }

    [TheoryWithTools("e2fsck")]
    [InlineData(16)]
    [InlineData(128)]
    [InlineData(129)]           // a last group too short to be one
    [InlineData(133)]
    [InlineData(3 * 128 + 5)]   // a last group that has a backup of the superblock
    [InlineData(243 * 128 + 4)]
    [InlineData(513 * 128 + 77)]
    public void A_Linux_volume_of_any_length_is_clean(int mebibytes)
    {
        var path = Path.Combine(_store.Root, "volume");
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.SetLength(file, (long)mebibytes * MiB.Size);
            foreach (var piece in Ext4Volume.Write((long)mebibytes * MiB.Size, DerivedBytes.Uuid("m-1", "volume"), "root"))
                RandomAccess.Write(file, piece.Bytes.Span, piece.Offset);
        }
        Judge("e2fsck", "-fn", path);
    }

    [Fact]
    public async Task A_disk_of_40_GiB_takes_a_few_MiB()
    {
        var id = await ObtainAsync(Disk("m-1", 40, "linux", "UEFI-Preferred", "x86_64"));
        using var reader = _store.Open(id);
        Assert.InRange(reader.Allocated, MiB.Size, 32 * MiB.Size);
        if (OperatingSystem.IsLinux()) Assert.InRange(Tool.AllocatedBytes(_store.Folder.FileOf(id)), 4096, 4 * MiB.Size);
    }

    [Fact]
    public async Task One_kind_is_one_content_however_often_and_from_wherever_it_is_asked_for()
    {
        var disk = Disk("m-1", 20, "linux", "UEFI", "arm64");
        var first = await ObtainAsync(disk);
        Assert.Equal(first, await ObtainAsync(disk));
        Assert.NotEqual(first, await ObtainAsync(disk with { Seed = "m-2" }));

        using var otherOwner = ContentOwner.Open(_store.Folder);
        using var otherDb = _store.Connect();
        Assert.Equal(first, await new SyntheticContents(_store.Folder, otherOwner)
            .ObtainAsync(otherDb, disk, ContentFixture.Now, CancellationToken.None));
        Assert.Equal(2, _store.Count("content"));
    }

    [Fact]
    public void The_same_image_has_the_same_bytes_on_every_machine_and_another_image_has_others()
    {
        var disk = Disk("m-1", 1, "linux", "UEFI", "x86_64");
        // Changes with the layout only; then the number in SyntheticDisk.Kind is raised.
        Assert.Equal("FA2920CE660E5412", Fingerprint(disk));
        Assert.NotEqual(Fingerprint(disk), Fingerprint(disk with { Seed = "m-2" }));

        static string Fingerprint(SyntheticDisk disk)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (var piece in disk.Write().OrderBy(static p => p.Offset))
            {
                hash.AppendData(BitConverter.GetBytes(piece.Offset));
                hash.AppendData(piece.Bytes.Span);
            }
            return Convert.ToHexString(hash.GetHashAndReset().AsSpan(0, 8));
        }
    }

    [Fact]
    public async Task An_obtained_content_is_kept_until_its_owner_is_gone_even_if_no_row_refers_to_it()
    {
        var owner = ContentOwner.Open(_store.Folder);
        var id = await new SyntheticContents(_store.Folder, owner)
            .ObtainAsync(_store.Db, Disk("m-1", 1, "linux", "BIOS", "x86_64"), ContentFixture.Now, CancellationToken.None);

        Assert.Equal(0, _store.Collector.Collect(_store.Db, CancellationToken.None));
        Assert.Equal([id], _store.Files);

        owner.Dispose();
        Assert.Equal(1, _store.Collector.Collect(_store.Db, CancellationToken.None));
        Assert.Equal(0, _store.Count("content_pin"));
    }

    [Theory]
    [InlineData("linux", "Legacy", 40)]
    [InlineData("beos", "BIOS", 40)]
    [InlineData("linux", "BIOS", 0)]
    [InlineData("linux", "BIOS", 2049)]
    public void A_disk_that_cannot_be_is_refused(string os, string boot, int size) =>
        Assert.Throws<ArgumentException>(() => Disk("m-1", size, os, boot, "x86_64").Write());

    [Fact]
    public void The_checksum_is_that_of_the_published_check_value() => Assert.Equal(0xCBF43926, Crc32.Of("123456789"u8));

    private const string Esp = "C12A7328-F81F-11D2-BA4B-00A0C93EC93B";

    private static string[] Types(string os, string boot, string architecture) => (os, boot) switch
    {
        ("linux", "BIOS") => ["83"],
        ("windows", "BIOS") => ["c"],
        ("windows", _) => [Esp, "E3C9E316-0B5C-4DB8-817D-F92DF00215AE", "EBD0A0A2-B9E5-4433-87C0-68B6B72699C7"],
        (_, "UEFI") => [Esp, Root(architecture)],
        _ => ["21686148-6449-6E6F-744E-656564454649", Esp, Root(architecture)],
    };

    private static string Root(string architecture) => architecture == "arm64"
        ? "B921B045-1DF0-41C3-AF44-4C6F280D3FAE" : "4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709";

    private static SyntheticDisk Disk(string seed, int size, string os, string boot, string architecture) => new()
    {
        Seed = seed,
        SizeGiB = size,
        OsType = os,
        BootMode = boot,
        Architecture = architecture,
        Label = "SYSTEM",
    };

    private Task<string> ObtainAsync(SyntheticDisk disk) =>
        new SyntheticContents(_store.Folder, _store.Owner).ObtainAsync(_store.Db, disk, ContentFixture.Now, CancellationToken.None);

    private static string Judge(string tool, params string[] arguments)
    {
        var (exit, text, errors) = Tool.Run(tool, arguments);
        Assert.True(exit == 0, $"{tool} {string.Join(' ', arguments)} says {exit}:\n{text}{errors}");
        return text;
    }

    private static void JudgeFat(string volume)
    {
        var text = Judge("fsck.fat", "-n", volume);
        // Version and result, and nothing between: each finding is a line of its own.
        Assert.True(text.Trim().Split('\n').Length == 2, text);
    }

    private static List<(long Start, long Length, string Type)> Partitions(string file)
    {
        using var json = System.Text.Json.JsonDocument.Parse(Judge("sfdisk", "--json", file));
        return [.. json.RootElement.GetProperty("partitiontable").GetProperty("partitions").EnumerateArray().Select(static p =>
            (p.GetProperty("start").GetInt64() * 512, p.GetProperty("size").GetInt64() * 512, p.GetProperty("type").GetString()!))];
    }

    // Through the reader, so that what the checkers see has passed the digests.
    private async Task<string> ExtractAsync(ContentReader reader, (long Start, long Length, string Type) partition)
    {
        var path = Path.Combine(_store.Root, $"partition-{partition.Start}");
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.SetLength(file, partition.Length);
        var buffer = new byte[64 * 1024];
        foreach (var extent in reader.Map(partition.Start, partition.Length))
            for (var at = extent.Start; at < extent.Start + extent.Length; at += buffer.Length)
            {
                var part = buffer.AsMemory(0, (int)Math.Min(buffer.Length, extent.Start + extent.Length - at));
                await reader.ReadAsync(at, part, CancellationToken.None);
                if (part.Span.ContainsAnyExcept((byte)0)) RandomAccess.Write(file, part.Span, at - partition.Start);
            }
        return path;
    }
}
