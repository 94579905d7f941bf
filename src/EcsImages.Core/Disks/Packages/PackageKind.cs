namespace EcsImages.Core.Disks.Packages;

/// <summary>What is around a disk-image file.</summary>
internal enum PackageKind
{
    None,

    /// <summary>The file, compressed by gzip.</summary>
    Gzip,

    /// <summary>An archive with the file in it; an OVA is one.</summary>
    Tar,

    /// <summary>Such an archive, compressed by gzip; an exported image is one.</summary>
    TarGzip,
}
