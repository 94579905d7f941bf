using System.Buffers.Binary;
using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>The first sector of a disk: boot code, and four entries from byte 446 on.</summary>
internal sealed record MasterBootRecord
{
    private const int Size = 512, CodeSize = 440, EntriesAt = 446, EntrySize = 16;

    /// <summary>Whether the sector is one that divides a disk, and not the first one of a file system.</summary>
    public required bool IsTable { get; init; }

    public bool HasBootCode { get; init; }

    public bool HasGrub { get; init; }

    /// <summary>Identifies the disk; 0 where nothing does.</summary>
    public uint Signature { get; init; }

    /// <summary>Those in use, with their places from 0.</summary>
    public IReadOnlyList<(int Place, MbrEntry Entry)> Entries { get; init; } = [];

    /// <summary>Whether it says that a GPT follows.</summary>
    public bool IsProtective => Entries.Any(static e => e.Entry.Type == PartitionTypes.Protective);

    public static async ValueTask<MasterBootRecord> ReadAsync(DiskView disk, CancellationToken stop)
    {
        if (disk.Length < Size) return new MasterBootRecord { IsTable = false };
        var sector = await disk.ReadAsync(0, Size, stop).ConfigureAwait(false);
        if (!IsSigned(sector)) return new MasterBootRecord { IsTable = false };
        var entries = EntriesOf(sector);
        var isSane = entries.TrueForAll(static e => e.Entry.IsSane);
        // The first sector of FAT and NTFS bears the same two bytes at its end, and code or nothing where the entries would be.
        if (!isSane || (entries.Count == 0 && VolumeSignatures.IsBootSector(sector))) return new MasterBootRecord { IsTable = false };
        var code = sector.AsSpan(0, CodeSize);
        return new MasterBootRecord
        {
            IsTable = true,
            HasBootCode = code.ContainsAnyExcept((byte)0),
            HasGrub = code.IndexOf("GRUB"u8) >= 0,
            Signature = BinaryPrimitives.ReadUInt32LittleEndian(sector.AsSpan(CodeSize)),
            Entries = entries,
        };
    }

    public static bool IsSigned(ReadOnlySpan<byte> sector) => sector[510] == 0x55 && sector[511] == 0xAA;

    /// <summary>The entries in use of an MBR, or of a record in the chain of an extended partition.</summary>
    public static List<(int Place, MbrEntry Entry)> EntriesOf(ReadOnlySpan<byte> sector)
    {
        var entries = new List<(int, MbrEntry)>();
        for (var i = 0; i < 4; i++)
            if (MbrEntry.Read(sector.Slice(EntriesAt + i * EntrySize, EntrySize)) is { } entry) entries.Add((i, entry));
        return entries;
    }
}
