namespace EcsImages.Core.Building;

/// <summary>How the objects in OSS are imported that a pipeline builds on.</summary>
public sealed record EcsImagePipelineImport
{
    /// <summary>The objects, bucket/key each, the system disk's first.</summary>
    public IReadOnlyList<string> Objects { get; init => field = value.ToArray(); } = Array.Empty<string>();

    /// <summary>linux or windows.</summary>
    public string? OSType { get; init; }

    /// <summary>The distribution.</summary>
    public string? Platform { get; init; }

    /// <summary>x86_64 or arm64.</summary>
    public string? Architecture { get; init; }

    /// <summary>BIOS or UEFI.</summary>
    public string? BootMode { get; init; }

    /// <summary>Whether the disk has a driver for NVMe: supported or unsupported.</summary>
    public string? NvmeSupport { get; init; }

    /// <summary>v1 or v2.</summary>
    public string? ImdsSupport { get; init; }

    /// <summary>Auto, Aliyun or BYOL.</summary>
    public string? LicenseType { get; init; }

    /// <summary>The RAM role by which the service reads the bucket.</summary>
    public string? RoleName { get; init; }

    /// <summary>What becomes of the imported image once the pipeline has run.</summary>
    public string? RetentionStrategy { get; init; }

    /// <summary>The objects.</summary>
    public override string ToString() => string.Join(", ", Objects);
}
