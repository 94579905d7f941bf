using System.Buffers.Binary;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>Partition tables as sfdisk and sgdisk write them, whole and damaged.</summary>
public sealed class PartitionTableTests : IDisposable
{
    private const string Script = "label: gpt\nstart=1MiB, size=3MiB, type=U, name=first\nstart=4MiB, size=4MiB, type=L, name=second\n";
    private readonly DiskWorkshop _workshop = new();

    public void Dispose() => _workshop.Dispose();

    [TheoryWithTools("sfdisk")]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_GUID_partition_table_is_read_in_sectors_of_both_sizes(int sectorSize)
    {
        var disk = Made(sectorSize);
        await AssertPartitionsAsync(disk, sectorSize);
    }

    [TheoryWithTools("sfdisk")]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_damaged_primary_table_is_read_from_its_backup(int sectorSize)
    {
        foreach (var at in (int[])[sectorSize + 16, sectorSize + 30, 2 * sectorSize + 40])
        {
            var disk = Made(sectorSize);
            DiskWorkshop.Flip(disk, at);
            await AssertPartitionsAsync(disk, sectorSize, "backup");
        }
    }

    [TheoryWithTools("sfdisk")]
    [InlineData(512)]
    [InlineData(4096)]
    public async Task A_damaged_backup_is_said(int sectorSize)
    {
        var disk = Made(sectorSize);
        DiskWorkshop.Put(disk, (16 << 20) - sectorSize, new byte[16]);
        await AssertPartitionsAsync(disk, sectorSize, "backup of the GUID partition table is damaged");
    }

    [TheoryWithTools("sfdisk")]
    [InlineData(20, "made larger")]
    [InlineData(12, "cut off")]
    public async Task A_disk_whose_size_was_changed_is_said(int mib, string word)
    {
        var disk = _workshop.Disk(16, Script);
        using (var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Write)) RandomAccess.SetLength(file, mib << 20);
        await AssertPartitionsAsync(disk, 512, word);
    }

    [TheoryWithTools("sfdisk")]
    [InlineData(512)]
    public async Task Two_damaged_copies_are_no_table(int sectorSize)
    {
        var disk = Made(sectorSize);
        DiskWorkshop.Flip(disk, sectorSize + 30);
        DiskWorkshop.Flip(disk, (16 << 20) - sectorSize + 30);
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Contains("none that is whole", Assert.Single(found.Remarks), StringComparison.Ordinal);
    }

    [TheoryWithTools("sfdisk", "sgdisk")]
    [InlineData("-h", "2", "hybrid MBR")]
    public async Task A_hybrid_MBR_is_said(string option, string value, string word)
    {
        var disk = _workshop.Disk(16, Script);
        DiskWorkshop.Run("sgdisk", option, value, disk);
        await AssertPartitionsAsync(disk, 512, word);
    }

    [TheoryWithTools("sfdisk", "mkfs.ext4")]
    [InlineData(6)]
    [InlineData(40)]
    public async Task Logical_partitions_are_counted_from_five(int count)
    {
        var script = "label: dos\nlabel-id: 0x1234abcd\nstart=1MiB, size=1MiB, type=83, bootable\nstart=2MiB, type=f\n"
            + string.Concat(Enumerable.Range(0, count).Select(static i => $"start={3 + 2 * i}MiB, size=1MiB, type=83\n"));
        var at = 3 + 2 * (count - 1);
        var disk = _workshop.Disk(100, script, (at, _workshop.Ext(1, new Dictionary<string, byte[]>(), "-L", "last")));
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Empty(found.Remarks);
        Assert.Equal([1, 2, .. Enumerable.Range(5, count)], found.Partitions.Select(static p => p.Number));
        Assert.Equal((at * DiskWorkshop.MiB, "last", $"1234abcd-{count + 4:x2}"), (found.Partitions[^1].Start, found.Partitions[^1].Label, found.Partitions[^1].PartUuid));
        Assert.Equal([true, false], found.Partitions.Take(2).Select(static p => p.IsActive));
        Assert.True(found.Partitions[1].IsExtended);
    }

    [Fact]
    public async Task An_MBR_counts_in_the_sectors_of_its_disk()
    {
        const int Size = 4096;
        var disk = new byte[64 * Size];
        Entry(disk, 446, type: 0x83, first: 8, sectors: 8);
        Entry(disk, 462, type: 5, first: 32, sectors: 16);
        Entry(disk.AsSpan(32 * Size), 446, type: 0x83, first: 4, sectors: 2);
        var found = await DiskInspector.RunAsync(new LargeSectors(disk), CancellationToken.None);
        Assert.Equal((PartitionScheme.Mbr, Size), (found.Scheme, found.SectorSize));
        Assert.Equal([(1, 8L * Size, 8L * Size), (2, 32L * Size, 16L * Size), (5, 36L * Size, 2L * Size)], found.Partitions.Select(static p => (p.Number, p.Start, p.Length)));
        Assert.Empty(found.Remarks);

        static void Entry(Span<byte> sector, int at, byte type, int first, int sectors)
        {
            sector[at + 4] = type;
            BinaryPrimitives.WriteInt32LittleEndian(sector[(at + 8)..], first);
            BinaryPrimitives.WriteInt32LittleEndian(sector[(at + 12)..], sectors);
            (sector[510], sector[511]) = (0x55, 0xAA);
        }
    }

    [TheoryWithTools("sfdisk")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_chain_of_logical_partitions_that_does_not_end_is_left(bool leadsBack)
    {
        var disk = _workshop.Disk(20, "label: dos\nstart=2MiB, type=5\nstart=3MiB, size=1MiB\nstart=5MiB, size=1MiB\n");
        var record = File.ReadAllBytes(disk).AsSpan(2 << 20, 512).ToArray();
        var second = BinaryPrimitives.ReadUInt32LittleEndian(record.AsSpan(470));
        var target = leadsBack ? second : uint.MaxValue;
        var next = new byte[16];
        next[4] = 5;
        BinaryPrimitives.WriteUInt32LittleEndian(next.AsSpan(8), target);
        BinaryPrimitives.WriteUInt32LittleEndian(next.AsSpan(12), 2048);
        DiskWorkshop.Put(disk, (2 << 20) + second * 512L + 462, next);
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Equal([1, 5, 6], found.Partitions.Select(static p => p.Number));
        Assert.Contains("extended partition 1 is damaged", Assert.Single(found.Remarks), StringComparison.Ordinal);
    }

    [TheoryWithTools("sfdisk")]
    [InlineData("label: dos\nstart=1MiB, size=5MiB, type=83\nstart=8MiB, size=6MiB, type=83\n")]
    public async Task Partitions_that_overlap_or_go_beyond_the_disk_are_said(string script)
    {
        var disk = _workshop.Disk(16, script);
        DiskWorkshop.Put(disk, 446 + 12, [0, 0x80, 0, 0]);                 // 16 MiB instead of 5
        var found = await InspectedDisk.InspectAsync(disk);
        Assert.Equal([false, true], found.Partitions.Select(static p => p.IsWhole));
        Assert.Equal(2, found.Remarks.Count);
        Assert.Contains("overlap", found.Remarks[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    [InlineData(1 << 20)]
    public async Task An_empty_disk_has_nothing(int size)
    {
        await File.WriteAllBytesAsync(_workshop.In("empty"), new byte[size]);
        var found = await InspectedDisk.InspectAsync(_workshop.In("empty"));
        Assert.Equal((PartitionScheme.None, 0, 0, null, null), (found.Scheme, found.Partitions.Count, found.Remarks.Count, found.BootMode, found.OSType));
    }

    private sealed class LargeSectors(byte[] bytes) : IDisk
    {
        public DiskFormat Format => DiskFormat.Vhdx;

        public long Length => bytes.Length;

        public int SectorSize => 4096;

        public IReadOnlyList<string> Remarks => [];

        public ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
        {
            bytes.AsSpan((int)offset, buffer.Length).CopyTo(buffer.Span);
            return ValueTask.CompletedTask;
        }

        public ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop) => new(new DiskRange(offset, Length - offset, IsZero: false));

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    private string Made(int sectorSize)
    {
        var disk = _workshop.Disk(16, Script);
        if (sectorSize == 4096) InspectedDisk.UseLargeSectors(disk);
        return disk;
    }

    private static async Task AssertPartitionsAsync(string disk, int sectorSize, string? remark = null)
    {
        var found = await InspectedDisk.InspectAsync(disk);
        if (remark is null) Assert.Empty(found.Remarks);
        else Assert.Contains(remark, Assert.Single(found.Remarks), StringComparison.Ordinal);
        Assert.Equal((PartitionScheme.Gpt, sectorSize), (found.Scheme, found.SectorSize));
        Assert.Equal([(1L << 20, 3L << 20, "first", "EFI system"), (4L << 20, 4L << 20, "second", "Linux data")], found.Partitions.Select(static p => (p.Start, p.Length, p.Name, p.TypeName)));
    }
}
