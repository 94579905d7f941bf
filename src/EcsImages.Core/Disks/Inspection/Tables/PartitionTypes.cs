using System.Globalization;

namespace EcsImages.Core.Disks.Inspection.Tables;

/// <summary>What partitions are for. Sources: UEFI 2.10, table 5.7; the Discoverable Partitions Specification; Microsoft's and GRUB's pages; for MBR the list of util-linux.</summary>
internal static class PartitionTypes
{
    public const byte Protective = 0xEE, EfiSystemByte = 0xEF;
    public static readonly Guid EfiSystem = new("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
    public static readonly Guid BiosBoot = new("21686148-6449-6E6F-744E-656564454649");
    private static readonly Guid RootX64 = new("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709");
    private static readonly Guid RootArm64 = new("B921B045-1DF0-41C3-AF44-4C6F280D3FAE");
    private static readonly Guid RootX86 = new("44479540-F297-41B2-9AF7-D131D5F0458A");
    private static readonly Guid MicrosoftReserved = new("E3C9E316-0B5C-4DB8-817D-F92DF00215AE");
    private static readonly Guid MicrosoftRecovery = new("DE94BBA4-06D1-4D40-A16A-BFD50179D6AC");

    private static readonly Dictionary<Guid, string> Guids = new()
    {
        [EfiSystem] = "EFI system",
        [BiosBoot] = "BIOS boot",
        [RootX64] = "Linux root (x86-64)",
        [RootArm64] = "Linux root (ARM64)",
        [RootX86] = "Linux root (x86)",
        [MicrosoftReserved] = "Microsoft reserved",
        [MicrosoftRecovery] = "Microsoft recovery",
        [new("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7")] = "Microsoft basic data",
        [new("5808C8AA-7E8F-42E0-85D2-E1E90434CFB3")] = "Microsoft LDM metadata",
        [new("AF9B60A0-1431-4F62-BC68-3311714A69AD")] = "Microsoft LDM data",
        [new("0FC63DAF-8483-4772-8E79-3D69D8477DE4")] = "Linux data",
        [new("0657FD6D-A4AB-43C4-84E5-0933C84B4F4F")] = "Linux swap",
        [new("E6D6D379-F507-44C2-A23C-238F2A3DF928")] = "Linux LVM",
        [new("A19D880F-05FC-4D3B-A006-743F0F84911E")] = "Linux RAID",
        [new("BC13C2FF-59E6-4262-A352-B275FD6F7172")] = "Linux extended boot",
        [new("933AC7E1-2EB4-4F13-B844-0E14E2AEF915")] = "Linux home",
        [new("3B8F8425-20E0-4F3B-907F-1A25A76F98E8")] = "Linux server data",
        [new("4D21B016-B534-45C2-A9FB-5C16E091FD2D")] = "Linux var",
        [new("CA7D7CCB-63ED-4C53-861C-1742536059CC")] = "Linux encrypted",
        [new("9E1A2D38-C612-4316-AA26-8B49521E5A8B")] = "PowerPC PReP boot",
        [new("516E7CB6-6ECF-11D6-8FF8-00022D09712B")] = "FreeBSD UFS",
        [new("516E7CBA-6ECF-11D6-8FF8-00022D09712B")] = "FreeBSD ZFS",
        [new("83BD6B9D-7F41-11DC-BE0B-001560B84F0F")] = "FreeBSD boot",
    };

    private static readonly Dictionary<byte, string> Bytes = new()
    {
        [0x01] = "FAT12",
        [0x04] = "FAT16 below 32 MiB",
        [0x05] = "Extended",
        [0x06] = "FAT16",
        [0x07] = "NTFS or exFAT",
        [0x0B] = "FAT32",
        [0x0C] = "FAT32 (LBA)",
        [0x0E] = "FAT16 (LBA)",
        [0x0F] = "Extended (LBA)",
        [0x27] = "Windows recovery",
        [0x42] = "Windows dynamic disk",
        [0x82] = "Linux swap",
        [0x83] = "Linux",
        [0x85] = "Linux extended",
        [0x8E] = "Linux LVM",
        [0xA5] = "FreeBSD",
        [Protective] = "GPT protective",
        [EfiSystemByte] = "EFI system",
        [0xFD] = "Linux RAID",
    };

    public static string Name(Guid type) => Guids.TryGetValue(type, out var name) ? name : type.ToString().ToUpperInvariant();

    public static string Name(byte type) => Bytes.TryGetValue(type, out var name) ? name : string.Create(CultureInfo.InvariantCulture, $"type {type:X2}");

    public static bool IsExtended(byte type) => type is 0x05 or 0x0F or 0x85;

    public static bool IsOfWindows(Guid type) => type == MicrosoftReserved || type == MicrosoftRecovery;

    public static bool IsOfWindows(byte type) => type is 0x27 or 0x42;

    /// <summary>What the type of a root partition says of the machine; null for others.</summary>
    public static string? Architecture(Guid type) =>
        type == RootX64 ? Architectures.X64 : type == RootArm64 ? Architectures.Arm64 : type == RootX86 ? Architectures.X86 : null;
}
