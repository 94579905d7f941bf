namespace EcsImages.Core.Disks.Inspection.Volumes;

/// <summary>A file system that is read without being mounted.</summary>
internal interface IVolume
{
    /// <summary>Whether upper and lower case are the same in names.</summary>
    bool IgnoresCase { get; }

    ValueTask<FileNode> RootAsync(CancellationToken stop);

    /// <summary>The names in a folder, without . and .., the first 20,000 of them.</summary>
    /// <exception cref="DamagedVolumeException">It is damaged.</exception>
    ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileNode folder, CancellationToken stop);

    /// <exception cref="DamagedVolumeException">It is damaged.</exception>
    ValueTask<FileNode> NodeAsync(FolderEntry entry, CancellationToken stop);

    /// <summary>The first bytes of a file, or where a link leads.</summary>
    /// <param name="file">The file.</param>
    /// <param name="most">How many bytes at the most.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="DamagedVolumeException">It is damaged.</exception>
    ValueTask<byte[]> ReadAsync(FileNode file, int most, CancellationToken stop);
}

internal static class VolumeLimits
{
    /// <summary>Of one folder.</summary>
    public const int MostEntries = 20_000, MostFolderBytes = 4 << 20;
}
