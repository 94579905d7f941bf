using System.Buffers.Binary;
using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>Small files that describe more than anybody could look through.</summary>
public sealed class BoundedWorkTests
{
    private const int Cluster = 64 * 1024;

    [Fact]
    public async Task One_second_level_table_that_stands_for_thousands_of_places_is_refused()
    {
        var entries = 100_000;
        var l1At = Cluster;
        var l2At = l1At + (entries * 8 + Cluster - 1) / Cluster * Cluster;
        var file = new byte[l2At + 2 * Cluster];
        new Qcow2Header { Version = 3, ClusterBits = 16, Length = (long)entries << 29, L1Entries = entries, L1Offset = l1At }.Write(file, 0, 0);
        for (var i = 0; i < entries; i++) BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(l1At + i * 8), l2At);
        // Stored and not stored in turns, so that each cluster is a run of its own: 800 million of them.
        for (var i = 0; i < Cluster / 8; i += 2) BinaryPrimitives.WriteInt64BigEndian(file.AsSpan(l2At + i * 8), l2At + Cluster);
        await AssertRefusedAsync(file, "has room for");
    }

    [Fact]
    public async Task One_table_of_grains_that_stands_for_thousands_of_places_is_refused()
    {
        const int Tables = 100_000, PerTable = 65536, DirectoryAt = 512, TableAt = DirectoryAt + (Tables * 4 + 511) / 512 * 512;
        var file = new byte[TableAt + PerTable * 4 + 4096];
        Sparse(file, sectors: (long)Tables * PerTable * 8, grainSectors: 8, PerTable, DirectoryAt);
        for (var i = 0; i < Tables; i++) BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(DirectoryAt + i * 4), TableAt / 512);
        await AssertRefusedAsync(file, "has room for");
    }

    [Fact]
    public async Task A_compressed_grain_that_no_reader_has_room_for_is_refused()
    {
        var file = new byte[4096];
        Sparse(file, sectors: 1 << 20, grainSectors: 1 << 17, 512, 1024);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), 0x30001);
        file[77] = 1;
        await AssertRefusedAsync(file, "a compressed grain would have 67108864 bytes");
    }

    [Fact]
    public async Task A_descriptor_that_names_one_sparse_extent_many_times_is_refused() =>
        await AssertRefusedAsync(Encoding.ASCII.GetBytes("# Disk DescriptorFile\nversion=1\nRW 2048 SPARSE \"a.vmdk\"\nRW 2048 SPARSE \"a.vmdk\"\n"), "more than once");

    [Fact]
    public async Task A_run_with_many_ranges_is_looked_up_once()
    {
        var map = new OneRun();
        await using var disk = new MappedDisk(new Striped(OneRun.Size), map);
        Assert.Equal(OneRun.Size / 2, await EcsImageFile.StoredAsync(disk, CancellationToken.None));
        Assert.Equal(1, map.Asked);
    }

    private static void Sparse(Span<byte> file, long sectors, long grainSectors, int perTable, long directoryAt)
    {
        "KDMV"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file[4..], 1);
        BinaryPrimitives.WriteInt64LittleEndian(file[12..], sectors);
        BinaryPrimitives.WriteInt64LittleEndian(file[20..], grainSectors);
        BinaryPrimitives.WriteInt32LittleEndian(file[44..], perTable);
        BinaryPrimitives.WriteInt64LittleEndian(file[56..], directoryAt / 512);
    }

    private static async Task AssertRefusedAsync(byte[] file, string why)
    {
        var opening = new DiskOpening { Sibling = static (_, name) => throw new DiskFormatException(name, "it is not here") };
        var refused = await Assert.ThrowsAsync<DiskFormatException>(() => opening.OpenAsync(new MemorySource(file), CancellationToken.None).AsTask());
        Assert.Contains(why, refused.Message, StringComparison.Ordinal);
    }

    private sealed class OneRun : IBlockMap
    {
        public const int Size = 1 << 20;

        public int Asked { get; private set; }

        public DiskFormat Format => DiskFormat.Vhd;

        public long Length => Size;

        public IReadOnlyList<string> Remarks => [];

        public ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
        {
            Asked++;
            return new(new BlockRun(BlockKind.Stored, 0, Size));
        }

        public void Unpack(in BlockRun run, ArraySegment<byte> packed, Span<byte> block) => throw new InvalidOperationException();
    }

    /// <summary>A file with a hole after each 4 KiB.</summary>
    private sealed class Striped(long length) : IByteSource
    {
        private const int Stripe = 4096;

        public string Name => "disk";

        public long Length => length;

        public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop) => throw new InvalidOperationException();

        public DiskRange RangeAt(long offset) => new(offset, Stripe - offset % Stripe, IsZero: offset / Stripe % 2 != 0);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
