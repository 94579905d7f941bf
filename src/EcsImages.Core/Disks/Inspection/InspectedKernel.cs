namespace EcsImages.Core.Disks.Inspection;

/// <summary>A Linux kernel that is installed.</summary>
internal sealed record InspectedKernel
{
    /// <summary>As uname -r would say it.</summary>
    public required string Version { get; init; }

    /// <summary>The file that is booted; null where only its modules were found.</summary>
    public string? Path { get; init; }

    /// <summary>x86_64, arm64 or i386; null where it cannot be told.</summary>
    public string? Architecture { get; init; }

    public DriverState VirtioBlk { get; init; }

    public DriverState VirtioNet { get; init; }

    public DriverState VirtioScsi { get; init; }

    public DriverState Nvme { get; init; }

    /// <summary>Whether the small system that finds the disk is there; null where that cannot be told.</summary>
    public bool? HasInitramfs { get; init; }
}
