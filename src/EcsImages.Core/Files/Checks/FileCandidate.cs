using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Images.Compatibility;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Files.Checks;

/// <summary>A file that may be imported, and what is asked about it. Checks know nothing but this.</summary>
internal sealed record FileCandidate
{
    public required EcsImageFile File { get; init; }

    /// <summary>The day to judge support by.</summary>
    public required DateOnly Today { get; init; }

    /// <summary>Whether it is to be a data disk, which need not start.</summary>
    public bool IsDataDisk { get; init; }

    /// <summary>What the caller says; null takes what the disk says.</summary>
    public string? SaidArchitecture { get; init; }

    /// <summary>What the caller says; null takes what the disk says.</summary>
    public string? SaidBootMode { get; init; }

    /// <summary>The instance type to start on; null where none is asked about.</summary>
    public EcsInstanceType? Type { get; init; }

    public DiskInspection Disk => File.Content;

    public string? Architecture => SaidArchitecture ?? Disk.Architecture;

    /// <summary>What it would be imported with: ARM always boots by UEFI (ImportImage, BootMode).</summary>
    public string? BootMode => Architecture == Architectures.Arm64 ? "UEFI" : SaidBootMode ?? Disk.BootMode;

    public bool IsWindows => Disk.HasWindows && !Disk.HasLinux;

    /// <summary>The kernel that is booted unless somebody chose another: the newest.</summary>
    public InspectedKernel? Kernel => Disk.Kernels.FirstOrDefault(static k => k.Path is not null) ?? (Disk.Kernels.Count > 0 ? Disk.Kernels[0] : null);

    /// <summary>The file as an argument.</summary>
    public string Argument => CommandLine.Word(File.Path);

    /// <summary>A line that makes another file of it.</summary>
    public string Conversion(string extension) => $"Convert-EcsImageFile {Argument} {CommandLine.Word(Path.ChangeExtension(File.Path, extension))}";
}
