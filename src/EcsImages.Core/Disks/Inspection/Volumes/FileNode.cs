namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>What a name in a folder stands for.</summary>
internal enum FileKind
{
    File,
    Folder,
    Link,

    /// <summary>A device, a socket, a pipe.</summary>
    Other,
}

/// <summary>A file or folder of a volume.</summary>
/// <param name="Id">What the volume finds it by.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Length">In bytes, as the volume says; 0 for folders where it does not.</param>
internal sealed record FileNode(long Id, FileKind Kind, long Length);

/// <summary>A name in a folder.</summary>
/// <param name="Name">As it stands there.</param>
/// <param name="Id">What the volume finds it by.</param>
/// <param name="Node">What it stands for, where the folder tells.</param>
internal readonly record struct FolderEntry(string Name, long Id, FileNode? Node = null);
