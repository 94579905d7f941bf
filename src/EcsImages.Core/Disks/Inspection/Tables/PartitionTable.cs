namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>How a disk is divided, and what is odd about it.</summary>
internal sealed record PartitionTable
{
    public required PartitionScheme Scheme { get; init; }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<InspectedPartition> Partitions { get; init; } = [];

    /// <summary>Whether the first sector has code that a BIOS would run.</summary>
    public bool HasBootCode { get; init; }

    /// <summary>Whether that code is GRUB's, which needs no active partition.</summary>
    public bool HasGrub { get; init; }

    /// <summary>512 or 4096 bytes.</summary>
    public int SectorSize { get; init; } = 512;

    /// <summary>In sentences.</summary>
    public IReadOnlyList<string> Remarks { get; init; } = [];

    public static async Task<PartitionTable> ReadAsync(DiskView disk, CancellationToken stop)
    {
        var record = await MasterBootRecord.ReadAsync(disk, stop).ConfigureAwait(false);
        // What a machine goes by: a GPT counts where the MBR protects it, or says nothing of its own.
        var gpt = record.IsProtective || record.Entries.Count == 0 ? await GptReading.ReadAsync(disk, stop).ConfigureAwait(false) : null;
        var table = gpt is null ? await OfMbrAsync(disk, record, stop).ConfigureAwait(false) : OfGpt(gpt, record);
        return table with
        {
            HasBootCode = record.HasBootCode,
            HasGrub = record.HasGrub,
            Remarks = [.. table.Remarks, .. Placement(table.Partitions, disk.Length)],
        };
    }

    private static PartitionTable OfGpt(GptReading gpt, MasterBootRecord record)
    {
        var remarks = new List<string>(gpt.Remarks);
        if (!record.IsProtective) remarks.Add("There is a GUID partition table, but no protective MBR before it; some systems will not see the table.");
        else if (record.Entries.Count > 1) remarks.Add("The MBR has partitions beside the GUID partition table (a hybrid MBR); systems disagree on which of both counts.");
        return new PartitionTable { Scheme = PartitionScheme.Gpt, Partitions = gpt.Partitions, SectorSize = gpt.SectorSize, Remarks = remarks };
    }

    private static async Task<PartitionTable> OfMbrAsync(DiskView disk, MasterBootRecord record, CancellationToken stop)
    {
        if (!record.IsTable) return new PartitionTable { Scheme = PartitionScheme.None };
        var remarks = new List<string>();
        if (record.IsProtective) remarks.Add("The MBR says that a GUID partition table follows, but there is none that is whole, neither at the start of the disk nor at its end.");
        var partitions = await MbrPartitions.ReadAsync(disk, record, remarks, stop).ConfigureAwait(false);
        return new PartitionTable { Scheme = PartitionScheme.Mbr, Partitions = partitions, SectorSize = disk.SectorSize, Remarks = remarks };
    }

    private static IEnumerable<string> Placement(IReadOnlyList<InspectedPartition> partitions, long length)
    {
        foreach (var partition in partitions.Where(static p => !p.IsWhole))
            yield return $"Partition {partition.Number} would lie from byte {partition.Start} on with {partition.Length} bytes, but the disk has only {length}.";
        var ordered = partitions.Where(static p => !p.IsExtended).OrderBy(static p => p.Start).ToList();
        for (var i = 1; i < ordered.Count; i++)
            if (ordered[i].Start - ordered[i - 1].Start < ordered[i - 1].Length)
                yield return $"Partitions {ordered[i - 1].Number} and {ordered[i].Number} overlap.";
    }
}
