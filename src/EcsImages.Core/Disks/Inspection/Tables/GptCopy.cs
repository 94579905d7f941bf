using System.Buffers.Binary;
using System.Text;
using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>One of the two copies of a GUID partition table, whose checksums are right.</summary>
internal sealed class GptCopy
{
    private const int HeaderSize = 92, LeastEntry = 128, MostEntry = 4096, MostEntries = 1024, MostEntryBytes = 1 << 20;
    private readonly int _entrySize;

    private GptCopy(int sectorSize, long own, long other, int entrySize, byte[] entries) =>
        (SectorSize, OwnSector, OtherSector, _entrySize, Entries) = (sectorSize, own, other, entrySize, entries);

    public int SectorSize { get; }

    public long OwnSector { get; }

    /// <summary>Where it says that the other copy lies.</summary>
    public long OtherSector { get; }

    public byte[] Entries { get; }

    /// <summary>Null where there is none, or its checksums are wrong.</summary>
    public static async ValueTask<GptCopy?> ReadAsync(DiskView disk, int sectorSize, long sector, CancellationToken stop)
    {
        if (sector > disk.Length / sectorSize - 1) return null;
        var header = await disk.ReadAsync(sector * sectorSize, sectorSize, stop).ConfigureAwait(false);
        if (!IsHeader(header, sector)) return null;
        var (entriesAt, count, size) = (Number(header, 72), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(80)), BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(84)));
        if (size is < LeastEntry or > MostEntry || size % 8 != 0 || count is 0 or > MostEntries || count * size > MostEntryBytes) return null;
        if (entriesAt is < 1 || entriesAt > disk.Length / sectorSize || entriesAt * sectorSize > disk.Length - count * size) return null;
        var entries = await disk.ReadAsync(entriesAt * sectorSize, (int)(count * size), stop).ConfigureAwait(false);
        return Crc32.Of(entries) == BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(88))
            ? new GptCopy(sectorSize, sector, Number(header, 32), (int)size, entries) : null;
    }

    public List<InspectedPartition> Partitions(long diskLength)
    {
        var partitions = new List<InspectedPartition>();
        for (var i = 0; i < Entries.Length / _entrySize; i++)
            if (Partition(Entries.AsSpan(i * _entrySize, _entrySize), i + 1, diskLength) is { } partition) partitions.Add(partition);
        return partitions;
    }

    private InspectedPartition? Partition(ReadOnlySpan<byte> entry, int number, long diskLength)
    {
        var type = new Guid(entry[..16]);
        if (type == Guid.Empty) return null;
        var (first, last) = (BinaryPrimitives.ReadUInt64LittleEndian(entry[32..]), BinaryPrimitives.ReadUInt64LittleEndian(entry[40..]));
        // Where that overflows or runs backwards, the largest numbers say so: it does not lie within the disk.
        var most = (ulong)(long.MaxValue / SectorSize);
        var start = (long)Math.Min(first, most) * SectorSize;
        var length = last < first ? 0 : (long)Math.Min(last - first + 1, most) * SectorSize;
        return new InspectedPartition
        {
            Number = number,
            Start = start,
            Length = length,
            TypeName = PartitionTypes.Name(type),
            Name = VolumeText.Clean(Encoding.Unicode.GetString(entry[56..128]).Split('\0')[0]),
            IsActive = (entry[48] & 4) != 0,
            IsEfiSystem = type == PartitionTypes.EfiSystem,
            IsBiosBoot = type == PartitionTypes.BiosBoot,
            IsOfWindows = PartitionTypes.IsOfWindows(type),
            Architecture = PartitionTypes.Architecture(type),
            PartUuid = new Guid(entry[16..32]).ToString(),
            IsWhole = length > 0 && start <= diskLength - length,
        };
    }

    private static bool IsHeader(byte[] header, long sector)
    {
        if (!header.AsSpan().StartsWith("EFI PART"u8) || Number(header, 24) != sector) return false;
        var size = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(12));
        if (size < HeaderSize || size > header.Length) return false;
        var crc = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(16));
        var own = header.AsSpan(0, (int)size).ToArray();
        own.AsSpan(16, 4).Clear();
        return Crc32.Of(own) == crc;
    }

    // Sectors beyond what a signed number holds lie beyond every disk.
    private static long Number(byte[] header, int at) => (long)Math.Min(BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(at)), long.MaxValue);
}
