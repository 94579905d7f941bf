using System.Buffers.Binary;
using System.Numerics;

namespace EcsImages.Core.Disks.Vhdx;

/// <summary>The metadata of a VHDX file, as far as they matter for reading.</summary>
/// <param name="Length">The size of the disk, in bytes.</param>
/// <param name="BlockSize">In bytes.</param>
/// <param name="SectorSize">512 or 4096 bytes.</param>
internal sealed record VhdxMetadata(long Length, long BlockSize, int SectorSize)
{
    private const int TableSize = 64 * 1024, RegionSize = 1024 * 1024;
    public static readonly Guid FileParameters = new("CAA16737-FA36-4D43-B3B6-33F0AA44E76B");
    public static readonly Guid DiskSize = new("2FA54224-CD1B-4876-B211-5DBED83BF4B8");
    public static readonly Guid LogicalSectorSize = new("8141BF1D-A96F-4709-BA47-F233A8FAAB5F");
    public static readonly Guid PhysicalSectorSize = new("CDA348C7-445D-4471-9CC9-E9885251C556");
    public static readonly Guid DiskId = new("BECA12AB-B2E6-4523-93EF-C309E000C746");
    private static readonly HashSet<Guid> Others = [PhysicalSectorSize, DiskId, new("A8D35F2D-B30B-454D-ABF7-D3D84834AB0C")];

    /// <summary>How many blocks there are to one bitmap of sectors.</summary>
    public long ChunkRatio => (1L << 23) * SectorSize / BlockSize;

    public static async ValueTask<VhdxMetadata> ReadAsync(IByteSource source, long region, CancellationToken stop)
    {
        var table = await source.ReadTableAsync(region, TableSize, TableSize, "the table of metadata", stop).ConfigureAwait(false);
        if (!table.AsSpan().StartsWith("metadata"u8)) throw new DiskFormatException(source.Name, "the table of metadata should be there", region);
        var count = BinaryPrimitives.ReadUInt16LittleEndian(table.AsSpan(10));
        if (count > 2047) throw new DiskFormatException(source.Name, $"there would be {count} items of metadata", region + 10);
        var found = new Dictionary<Guid, byte[]>();
        for (var i = 0; i < count; i++)
        {
            var entry = table.AsMemory(32 + i * 32, 32);
            var id = new Guid(entry.Span[..16]);
            var (at, length) = (BinaryPrimitives.ReadUInt32LittleEndian(entry.Span[16..]), BinaryPrimitives.ReadUInt32LittleEndian(entry.Span[20..]));
            if (id == FileParameters || id == DiskSize || id == LogicalSectorSize)
            {
                if (at > RegionSize) throw new DiskFormatException(source.Name, $"an item of metadata would lie {at} bytes behind its table", region + 48 + i * 32);
                var item = await source.ReadTableAsync(region + at, Math.Min(length, 8), 8, "an item of metadata", stop).ConfigureAwait(false);
                found[id] = item.Length == (id == LogicalSectorSize ? 4 : 8) ? item
                    : throw new DiskFormatException(source.Name, $"an item of metadata has {length} bytes", region + 52 + i * 32);
            }
            else if (!Others.Contains(id) && (BinaryPrimitives.ReadUInt32LittleEndian(entry.Span[24..]) & 4) != 0)
                throw new DiskFormatException(source.Name, $"it needs metadata that are not known here ({id})");
        }
        return Parse(found, source.Name, region);
    }

    private static VhdxMetadata Parse(Dictionary<Guid, byte[]> found, string name, long region)
    {
        if (!found.TryGetValue(FileParameters, out var parameters) || !found.TryGetValue(DiskSize, out var size) || !found.TryGetValue(LogicalSectorSize, out var sector))
            throw new DiskFormatException(name, "the metadata lack the size of the disk, of its blocks or of its sectors", region);
        if ((BinaryPrimitives.ReadUInt32LittleEndian(parameters.AsSpan(4)) & 2) != 0)
            throw new DiskFormatException(name, "it holds only what differs from a parent disk. Merge both first, with Merge-VHD");
        var blockSize = BinaryPrimitives.ReadUInt32LittleEndian(parameters);
        if (blockSize is < 1 << 20 or > 256 << 20 || !BitOperations.IsPow2(blockSize)) throw new DiskFormatException(name, $"its blocks would have {blockSize} bytes", region);
        var sectorSize = BinaryPrimitives.ReadUInt32LittleEndian(sector);
        if (sectorSize is not (512 or 4096)) throw new DiskFormatException(name, $"its sectors would have {sectorSize} bytes", region);
        var length = BinaryPrimitives.ReadInt64LittleEndian(size);
        if (length is < 0 or > 64L << 40 || length % sectorSize != 0) throw new DiskFormatException(name, $"the disk would have {length} bytes", region);
        return new VhdxMetadata(length, blockSize, (int)sectorSize);
    }
}
