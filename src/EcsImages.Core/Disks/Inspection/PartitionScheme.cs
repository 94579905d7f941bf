namespace EcsImages.Core.Disks.Inspection;

/// <summary>How a disk is divided.</summary>
internal enum PartitionScheme
{
    /// <summary>Not at all: it is empty, or a file system begins at its first byte.</summary>
    None,

    /// <summary>By a master boot record.</summary>
    Mbr,

    /// <summary>By a GUID partition table.</summary>
    Gpt,
}
