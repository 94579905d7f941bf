using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Fat;

/// <summary>FAT12, FAT16 and FAT32, to read.</summary>
internal sealed class FatVolume : IVolume
{
    private const uint LeastEnd32 = 0x0FFF_FFF8, LeastEnd16 = 0xFFF8, LeastEnd12 = 0xFF8;
    private readonly DiskView _view;
    private readonly FatLayout _layout;

    private FatVolume(DiskView view, FatLayout layout) => (_view, _layout) = (view, layout);

    public bool IgnoresCase => true;

    /// <exception cref="DamagedVolumeException">It is none.</exception>
    public static async ValueTask<FatVolume> OpenAsync(DiskView view, CancellationToken stop) =>
        new(view, FatLayout.TryRead(await view.ReadAsync(0, 512, stop).ConfigureAwait(false)) ?? throw new DamagedVolumeException("its first sector does not describe a FAT file system"));

    // The root of FAT12 and FAT16 has no cluster.
    public ValueTask<FileNode> RootAsync(CancellationToken stop) =>
        new(new FileNode(_layout.Kind is FileSystemKind.Fat32 ? _layout.RootCluster : 0, FileKind.Folder, 0));

    public async ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileNode folder, CancellationToken stop)
    {
        var bytes = folder.Id == 0 && _layout.Kind is not FileSystemKind.Fat32
            ? await _view.ReadAsync(_layout.RootStart, _layout.RootLength, stop).ConfigureAwait(false)
            : await ReadChainAsync(folder.Id, VolumeLimits.MostFolderBytes, stop).ConfigureAwait(false);
        return FatFolder.Parse(bytes, _layout.Kind is FileSystemKind.Fat32);
    }

    public ValueTask<FileNode> NodeAsync(FolderEntry entry, CancellationToken stop) => new(entry.Node!);

    public async ValueTask<byte[]> ReadAsync(FileNode file, int most, CancellationToken stop)
    {
        var length = (int)Math.Min(most, file.Length);
        var bytes = length == 0 ? [] : await ReadChainAsync(file.Id, length, stop).ConfigureAwait(false);
        return bytes.Length == length ? bytes : throw new DamagedVolumeException($"a file of {file.Length} bytes has clusters for {bytes.Length} only");
    }

    // The chain ends at its end, or where enough is read; one that leads in a circle, at the latter.
    private async ValueTask<byte[]> ReadChainAsync(long first, int most, CancellationToken stop)
    {
        using var bytes = new MemoryStream();
        for (var cluster = first; ;)
        {
            if (cluster < 2 || cluster >= _layout.Clusters + 2) throw new DamagedVolumeException($"a chain of clusters leads to cluster {cluster}, and there are {_layout.Clusters}");
            var part = (int)Math.Min(_layout.ClusterSize, most - bytes.Length);
            bytes.Write(await _view.ReadAsync(_layout.DataStart + (cluster - 2) * _layout.ClusterSize, part, stop).ConfigureAwait(false));
            if (bytes.Length == most || await NextAsync(cluster, stop).ConfigureAwait(false) is not { } next) return bytes.ToArray();
            cluster = next;
        }
    }

    private async ValueTask<uint?> NextAsync(long cluster, CancellationToken stop)
    {
        var (at, length) = _layout.Kind switch
        {
            FileSystemKind.Fat32 => (cluster * 4, 4),
            FileSystemKind.Fat16 => (cluster * 2, 2),
            _ => (cluster * 3 / 2, 2),
        };
        if (at > _layout.TableLength - length) throw new DamagedVolumeException($"cluster {cluster} lies behind the end of the table");
        var entry = await _view.ReadAsync(_layout.TableStart + at, length, stop).ConfigureAwait(false);
        var (next, end) = _layout.Kind switch
        {
            FileSystemKind.Fat32 => (BinaryPrimitives.ReadUInt32LittleEndian(entry) & 0x0FFF_FFFF, LeastEnd32),
            FileSystemKind.Fat16 => (BinaryPrimitives.ReadUInt16LittleEndian(entry), LeastEnd16),
            _ => ((uint)(BinaryPrimitives.ReadUInt16LittleEndian(entry) >> (cluster % 2 == 0 ? 0 : 4)) & 0xFFF, LeastEnd12),
        };
        return next >= end ? null : next;
    }
}
