using System.Globalization;

namespace EcsImages.Local.Contents.Synthetic;

/// <summary>The disk of a public image: a partition table and empty file systems, no operating system.</summary>
/// <remarks>
/// The words are the API's. Linux has an ext4 root. A Windows volume is FAT32 with the partition type of that: NTFS would
/// take a dozen system files to be empty. Nothing here boots; what looks at the disk finds what the image's attributes say.
/// </remarks>
internal sealed record SyntheticDisk
{
    private const int Sector = 512;
    private const long SectorsPerMiB = MiB.Size / Sector;
    private const int EspMiB = 200;

    /// <summary>What all identifiers on the disk are derived from; the image's id.</summary>
    public required string Seed { get; init; }

    /// <summary>From 1 to 2048.</summary>
    public required int SizeGiB { get; init; }

    /// <summary>linux or windows.</summary>
    public required string OsType { get; init; }

    /// <summary>BIOS, UEFI or UEFI-Preferred.</summary>
    public required string BootMode { get; init; }

    /// <summary>x86_64, arm64 or i386; it decides the type of a Linux root partition.</summary>
    public required string Architecture { get; init; }

    /// <summary>The label of the system volume; cut to what the file system takes.</summary>
    public required string Label { get; init; }

    public long Length => (long)SizeGiB << 30;

    /// <summary>Two disks of one kind are equal byte by byte. The number is raised when the layout changes.</summary>
    public string Kind => string.Create(CultureInfo.InvariantCulture,
        $"synthetic-1/{SizeGiB}/{OsType}/{BootMode}/{Architecture}/{Label}/{Seed}");

    private bool IsWindows => OsType == "windows";

    /// <summary>All of the disk that is not zeros.</summary>
    /// <exception cref="ArgumentException">A size, OS type or boot mode that is not one of the above.</exception>
    public IEnumerable<DiskPiece> Write()
    {
        if (SizeGiB is < 1 or > 2048) throw new ArgumentException($"A synthetic disk has 1 to 2048 GiB, not {SizeGiB}.");
        if (OsType is not ("linux" or "windows")) throw new ArgumentException($"OSType is linux or windows, not '{OsType}'.");
        return BootMode switch
        {
            "BIOS" => WriteMbr(),
            "UEFI" or "UEFI-Preferred" => WriteGpt(),
            _ => throw new ArgumentException($"BootMode is BIOS, UEFI or UEFI-Preferred, not '{BootMode}'."),
        };
    }

    private IEnumerable<DiskPiece> WriteMbr()
    {
        var sectors = (uint)(Length / Sector - SectorsPerMiB);
        var type = IsWindows ? MbrTable.Fat32Lba : MbrTable.Linux;
        return SystemVolume(SectorsPerMiB, sectors)
            .Prepend(MbrTable.Single(DerivedBytes.Number(Seed, "disk"), type, (uint)SectorsPerMiB, sectors));
    }

    private IEnumerable<DiskPiece> WriteGpt()
    {
        var partitions = new List<GptPartition>();
        var next = 1L;
        long Add(Guid type, string name, long mibs)
        {
            var first = next * SectorsPerMiB;
            next += mibs;
            partitions.Add(new GptPartition(type, DerivedBytes.Uuid(Seed, name), first, next * SectorsPerMiB - 1, name));
            return first;
        }

        // BIOS firmware finds GRUB's core through its own partition; Windows has no such thing and boots from GPT with UEFI only.
        if (BootMode == "UEFI-Preferred" && !IsWindows) Add(GptTypes.BiosBoot, "BIOS boot", 1);
        var esp = Add(GptTypes.EfiSystem, "EFI system", EspMiB);
        if (IsWindows) Add(GptTypes.MicrosoftReserved, "Microsoft reserved", 16);
        var system = Add(IsWindows ? GptTypes.MicrosoftBasicData : GptTypes.LinuxRoot(Architecture),
            IsWindows ? "Basic data" : "root", Length / MiB.Size - 1 - next);       // the last MiB has the backup table

        return GptTable.Write(DerivedBytes.Uuid(Seed, "disk"), Length / Sector, partitions)
            .Concat(Fat32Volume.Write(esp, (uint)(EspMiB * SectorsPerMiB), DerivedBytes.Number(Seed, "EFI serial"), "EFI")
                .Select(p => p.At(esp * Sector)))
            .Concat(SystemVolume(system, (uint)(next * SectorsPerMiB - system)));
    }

    private IEnumerable<DiskPiece> SystemVolume(long first, uint sectors) =>
        (IsWindows
            ? Fat32Volume.Write(first, sectors, DerivedBytes.Number(Seed, "system serial"), Label)
            : Ext4Volume.Write((long)sectors * Sector, DerivedBytes.Uuid(Seed, "root file system"), Label))
        .Select(p => p.At(first * Sector));
}
