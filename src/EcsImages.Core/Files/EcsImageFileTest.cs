using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Files;

/// <summary>Whether the disk in a disk-image file can be imported and would start then, with each check's part in that.</summary>
public sealed record EcsImageFileTest
{
    /// <summary>The file, in full.</summary>
    public required string Path { get; init; }

    /// <summary>The file without its folder.</summary>
    public string Name => System.IO.Path.GetFileName(Path);

    /// <summary>Compatible, CompatibleWithWarnings or Incompatible.</summary>
    public required EcsCompatibilityVerdict Verdict { get; init; }

    /// <summary>Whether it was looked at as a data disk, which need not start.</summary>
    public required bool IsDataDisk { get; init; }

    /// <summary>The operating system; null where it could not be read.</summary>
    public required string? OSName { get; init; }

    /// <summary>The architecture that it would be imported with.</summary>
    public required string? Architecture { get; init; }

    /// <summary>The boot mode that it would be imported with.</summary>
    public required string? BootMode { get; init; }

    /// <summary>The instance type that was asked about; null where none was.</summary>
    public required string? InstanceType { get; init; }

    /// <summary>All checks, each with what it found and a remedy; first those of the file, then of the disk, of the system and of the type.</summary>
    public required EcsCompatibilityRule[] Findings { get; init; }

    /// <summary>The checks that found something, or could not tell; the worst first.</summary>
    public EcsCompatibilityRule[] Problems =>
        [.. Findings.Where(static r => r.Finding is not EcsCompatibilityFinding.Passed).OrderByDescending(static r => r.Blocks ? 3 : r.Warns ? 2 : 1)];

    /// <summary>The first reason against it: of what blocks, else of what warns; null when it is Compatible.</summary>
    public string? Reason => Problems is [var worst, ..] && (worst.Blocks || worst.Warns) ? worst.Reason : null;

    /// <summary>File and verdict on one line.</summary>
    public override string ToString() => $"{Name}{(InstanceType is null ? "" : $" on {InstanceType}")}: {Verdict}";
}
