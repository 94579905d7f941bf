namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>A GUID partition table as it is found: from its primary copy, or from the backup where that is damaged (UEFI 2.10, 5.3).</summary>
internal sealed record GptReading(IReadOnlyList<InspectedPartition> Partitions, int SectorSize, IReadOnlyList<string> Remarks)
{
    private static readonly int[] SectorSizes = [512, 4096];

    /// <summary>Null where neither copy is whole.</summary>
    public static async Task<GptReading?> ReadAsync(DiskView disk, CancellationToken stop)
    {
        foreach (var sector in SectorSizes)
            if (await GptCopy.ReadAsync(disk, sector, 1, stop).ConfigureAwait(false) is { } primary)
                return new GptReading(primary.Partitions(disk.Length), sector, await AboutBackupAsync(disk, primary, stop).ConfigureAwait(false));
        foreach (var sector in SectorSizes)
            if (disk.Length / sector > 1 && await GptCopy.ReadAsync(disk, sector, disk.Length / sector - 1, stop).ConfigureAwait(false) is { } backup)
                return new GptReading(backup.Partitions(disk.Length), sector,
                    ["The primary GUID partition table is damaged; its backup at the end of the disk is used. Restore it with sgdisk -e or gdisk."]);
        return null;
    }

    private static async Task<string[]> AboutBackupAsync(DiskView disk, GptCopy primary, CancellationToken stop)
    {
        var last = disk.Length / primary.SectorSize - 1;
        var backup = primary.OtherSector > 1 && primary.OtherSector <= last
            ? await GptCopy.ReadAsync(disk, primary.SectorSize, primary.OtherSector, stop).ConfigureAwait(false) : null;
        if (backup is null)
            return [primary.OtherSector > last
                ? "The backup of the GUID partition table would lie beyond the end of the disk: the disk was cut off, or made smaller."
                : "The backup of the GUID partition table is damaged or missing; the primary one is used. Write it anew with sgdisk -e."];
        if (!primary.Entries.AsSpan().SequenceEqual(backup.Entries)) return ["The two copies of the GUID partition table differ; the primary one is used."];
        return backup.OwnSector == last ? [] : ["The backup of the GUID partition table is not at the end of the disk, which was made larger since. sgdisk -e moves it there."];
    }
}
