using System.Globalization;
using EcsImages.Core.Images.Compatibility;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Files.Checks;

/// <summary>Whether the service takes the file.</summary>
internal static class FormatChecks
{
    private const long GiB = 1L << 30;

    /// <summary>Of a disk that is imported. Source: ImportImage, DiskImageSize.</summary>
    public const int MostGiB = 2048;

    private static readonly Check
        FormatCheck = new("Format", Informs, "ImportImage, Format"),
        OneFileCheck = new("OneFile", Warns, "ImportImage, Format: QCOW2"),
        IntegrityCheck = new("FileIntegrity", Blocks, "QCOW2 specification, incompatible features"),
        SnapshotCheck = new("InternalSnapshots", Informs, "QCOW2 specification, snapshots"),
        VhdSizeCheck = new("VhdSize", Blocks, "ImportImage, error InvalidVHDImage.IncorrectSize"),
        SizeCheck = new("DiskSize", Blocks, "ImportImage, DiskImageSize");

    public static EcsCompatibilityRule Format(FileCandidate candidate)
    {
        var file = candidate.File;
        if (file.Package.Length > 0) return FormatCheck.Bad($"The disk is packed with {file.Package}; the service takes it out of no package. Import-EcsImage unpacks it on the way.",
            candidate.Conversion(".qcow2"));
        return file.Format is "RAW" or "VHD" or "QCOW2" ? FormatCheck.Well($"The service imports {file.Format} as it is.")
            : FormatCheck.Bad($"The service does not import {file.Format}. Import-EcsImage converts it on the way.", candidate.Conversion(".qcow2"));
    }

    public static EcsCompatibilityRule OneFile(FileCandidate candidate) => !candidate.File.Traits.NeedsOtherFiles ? OneFileCheck.Well("The whole disk lies in one file.")
        : OneFileCheck.Bad("A part of the disk lies in other files, and the service imports one.",
            candidate.Conversion(".single.qcow2") + (candidate.File.Format == "QCOW2" ? " -FollowBackingFile" : ""));

    public static EcsCompatibilityRule Integrity(FileCandidate candidate)
    {
        var traits = candidate.File.Traits;
        if (traits.IsPiece)
            return IntegrityCheck.Bad("The file has no descriptor of its own: most likely it is a piece of a disk.", "Name the .vmdk beside it whose text names the pieces: head -c 100 *.vmdk");
        if (traits.IsMarkedCorrupt) return IntegrityCheck.Bad("QEMU marked the file as corrupt.", $"qemu-img check -r all {candidate.Argument}");
        return traits.WasNotClosed
            ? IntegrityCheck.Bad(Warns, "The file was not closed cleanly; whether the machine is still running decides if its disk is whole.",
                "Shut the machine down, and copy the file again.")
            : IntegrityCheck.Well("Nothing about the file is damaged.");
    }

    public static EcsCompatibilityRule? Snapshots(FileCandidate candidate) => candidate.File.Format != "QCOW2" ? null
        : candidate.File.Traits.Snapshots is 0 ? SnapshotCheck.Well("The file holds no internal snapshots.")
        : SnapshotCheck.Bad($"The file holds {candidate.File.Traits.Snapshots} internal snapshots; only its current state is imported.", null);

    public static EcsCompatibilityRule? VhdSize(FileCandidate candidate) => candidate.File.Traits.CoveredBytes is not { } covered ? null
        : covered == candidate.File.SizeBytes ? VhdSizeCheck.Well("The table of blocks covers the disk exactly.")
        : VhdSizeCheck.Bad($"The disk has {candidate.File.SizeBytes} bytes, but the table of the VHD covers {covered}; the service refuses what is not equal.",
            candidate.Conversion(".qcow2"));

    public static EcsCompatibilityRule Size(FileCandidate candidate)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{candidate.File.SizeGiB:0.###} GiB");
        return candidate.File.SizeBytes switch
        {
            <= 0 => SizeCheck.Bad("The disk is empty.", null),
            > MostGiB * GiB => SizeCheck.Bad($"The disk has {size}; at most {MostGiB} GiB can be imported.",
                $"Make the last file system and its partition smaller, then: qemu-img resize --shrink {candidate.Argument} {MostGiB}G"),
            _ => SizeCheck.Well($"The disk has {size}, of at most {MostGiB} GiB."),
        };
    }
}
