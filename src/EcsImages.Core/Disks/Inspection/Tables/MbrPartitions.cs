using System.Globalization;

namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>The partitions of an MBR: primary ones, and the logical ones that hang together in a chain of records. All count in sectors of the disk.</summary>
internal static class MbrPartitions
{
    private const int RecordSize = 512, MostLogical = 128, FirstLogical = 5;

    public static async Task<List<InspectedPartition>> ReadAsync(DiskView disk, MasterBootRecord record, List<string> remarks, CancellationToken stop)
    {
        var partitions = new List<InspectedPartition>();
        var logical = new List<InspectedPartition>();
        foreach (var (place, entry) in record.Entries)
        {
            partitions.Add(Partition(place + 1, entry, entry.FirstSector, disk, record.Signature));
            if (!PartitionTypes.IsExtended(entry.Type)) continue;
            try
            {
                await FollowAsync(disk, record.Signature, entry.FirstSector, logical, stop).ConfigureAwait(false);
            }
            catch (DamagedVolumeException e)
            {
                remarks.Add($"The extended partition {place + 1} is damaged: {e.Message}.");
            }
        }
        return [.. partitions, .. logical];
    }

    // Each record has one partition, from itself on, and the place of the next record, from the extended partition on.
    private static async Task FollowAsync(DiskView disk, uint signature, long first, List<InspectedPartition> logical, CancellationToken stop)
    {
        var seen = new HashSet<long>();
        for (var at = first; ;)
        {
            if (!seen.Add(at)) throw new DamagedVolumeException($"its chain of partitions leads back to sector {at}");
            if (logical.Count >= MostLogical) throw new DamagedVolumeException($"it would have more than {MostLogical} logical partitions");
            var sector = await disk.ReadAsync(at * disk.SectorSize, RecordSize, stop).ConfigureAwait(false);
            if (!MasterBootRecord.IsSigned(sector)) throw new DamagedVolumeException($"a record of its chain should be in sector {at}");
            long? next = null;
            foreach (var (_, entry) in MasterBootRecord.EntriesOf(sector))
            {
                if (PartitionTypes.IsExtended(entry.Type)) next ??= first + entry.FirstSector;
                else if (entry.IsSane && logical.Count < MostLogical)
                    logical.Add(Partition(FirstLogical + logical.Count, entry, at + entry.FirstSector, disk, signature));
            }
            if (next is not { } following) return;
            at = following;
        }
    }

    private static InspectedPartition Partition(int number, MbrEntry entry, long firstSector, DiskView disk, uint signature)
    {
        var (start, length) = (firstSector * disk.SectorSize, (long)entry.Sectors * disk.SectorSize);
        return new InspectedPartition
        {
            Number = number,
            Start = start,
            Length = length,
            TypeName = PartitionTypes.Name(entry.Type),
            IsActive = entry.IsActive,
            IsEfiSystem = entry.Type == PartitionTypes.EfiSystemByte,
            IsOfWindows = PartitionTypes.IsOfWindows(entry.Type),
            IsExtended = PartitionTypes.IsExtended(entry.Type),
            PartUuid = signature == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{signature:x8}-{number:x2}"),
            IsWhole = start <= disk.Length - length,
        };
    }
}
