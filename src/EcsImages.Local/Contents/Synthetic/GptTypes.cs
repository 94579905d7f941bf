namespace EcsImages.Local.Contents.Synthetic;

/// <summary>Partition types: UEFI 2.10, table 5.7; Microsoft's; the Discoverable Partitions Specification; GRUB's.</summary>
internal static class GptTypes
{
    public static readonly Guid EfiSystem = new("C12A7328-F81F-11D2-BA4B-00A0C93EC93B");
    public static readonly Guid BiosBoot = new("21686148-6449-6E6F-744E-656564454649");
    public static readonly Guid MicrosoftReserved = new("E3C9E316-0B5C-4DB8-817D-F92DF00215AE");
    public static readonly Guid MicrosoftBasicData = new("EBD0A0A2-B9E5-4433-87C0-68B6B72699C7");

    public static Guid LinuxRoot(string architecture) => architecture switch
    {
        "x86_64" => new("4F68BCE3-E8CD-4DB1-96E7-FBCAF984B709"),
        "arm64" => new("B921B045-1DF0-41C3-AF44-4C6F280D3FAE"),
        "i386" => new("44479540-F297-41B2-9AF7-D131D5F0458A"),
        _ => new("0FC63DAF-8483-4772-8E79-3D69D8477DE4"),       // Linux file system data
    };
}
