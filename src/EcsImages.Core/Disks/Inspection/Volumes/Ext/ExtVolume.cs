using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Inspection.Volumes.Ext;

/// <summary>ext2, ext3 and ext4, to read. The journal is not replayed: what was written last may be missing.</summary>
internal sealed class ExtVolume : IVolume
{
    private const int RootInode = 2, InlineParent = 4, InlineBlocks = 60;
    private readonly DiskView _view;
    private readonly ExtSuperblock _super;
    private readonly ExtBlocks _blocks;

    private ExtVolume(DiskView view, ExtSuperblock super) => (_view, _super, _blocks) = (view, super, new ExtBlocks(view, super.BlockSize));

    public bool IgnoresCase => false;

    /// <exception cref="DamagedVolumeException">It is none, or uses what cannot be read here.</exception>
    public static async ValueTask<ExtVolume> OpenAsync(DiskView view, CancellationToken stop)
    {
        var super = ExtSuperblock.TryRead(await view.ReadAsync(1024, 1024, stop).ConfigureAwait(false)) ?? throw new DamagedVolumeException("it has no superblock");
        return super.Obstacle() is { } obstacle ? throw new DamagedVolumeException(obstacle) : new ExtVolume(view, super);
    }

    public ValueTask<FileNode> RootAsync(CancellationToken stop) => NodeAsync(new FolderEntry("", RootInode), stop);

    public async ValueTask<FileNode> NodeAsync(FolderEntry entry, CancellationToken stop)
    {
        var inode = await InodeAsync(entry.Id, stop).ConfigureAwait(false);
        return new FileNode(entry.Id, inode.Kind, inode.Length);
    }

    public async ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileNode folder, CancellationToken stop)
    {
        var inode = await InodeAsync(folder.Id, stop).ConfigureAwait(false);
        var entries = new List<FolderEntry>();
        if (inode.IsInline)
        {
            // The number of the parent, then entries up to the end of where block numbers would be; more of them behind.
            var content = inode.Inline();
            if (content.Length > InlineParent) ExtFolder.Parse(content.AsSpan()[InlineParent..Math.Min(InlineBlocks, content.Length)], _super.HasFileTypes, entries);
            if (content.Length > InlineBlocks) ExtFolder.Parse(content.AsSpan(InlineBlocks), _super.HasFileTypes, entries);
            return entries;
        }
        var bytes = await ContentAsync(inode, VolumeLimits.MostFolderBytes, stop).ConfigureAwait(false);
        for (var at = 0; at < bytes.Length; at += (int)_super.BlockSize)
            ExtFolder.Parse(bytes.AsSpan(at, (int)Math.Min(_super.BlockSize, bytes.Length - at)), _super.HasFileTypes, entries);
        return entries;
    }

    public async ValueTask<byte[]> ReadAsync(FileNode file, int most, CancellationToken stop)
    {
        var inode = await InodeAsync(file.Id, stop).ConfigureAwait(false);
        if (!inode.IsInline) return await ContentAsync(inode, most, stop).ConfigureAwait(false);
        var content = inode.Inline();
        return content.Length > most ? content[..most] : content;
    }

    private async ValueTask<byte[]> ContentAsync(ExtInode inode, int most, CancellationToken stop)
    {
        var bytes = new byte[Math.Min(most, Math.Min(inode.Length, _view.Length))];
        for (var done = 0; done < bytes.Length;)
        {
            var run = await _blocks.FindAsync(inode, done / _super.BlockSize, stop).ConfigureAwait(false);
            var part = bytes.AsMemory(done, (int)Math.Min(bytes.Length - done, run.Count * _super.BlockSize));
            if (run.Physical != 0) await _view.ReadAsync(_blocks.Offset(run.Physical), part, stop).ConfigureAwait(false);
            done += part.Length;
        }
        return bytes;
    }

    private async ValueTask<ExtInode> InodeAsync(long number, CancellationToken stop)
    {
        if (number < 1 || number > _super.InodeCount) throw new DamagedVolumeException($"inode {number} is in use, but there are only {_super.InodeCount}");
        var (group, index) = Math.DivRem(number - 1, _super.InodesPerGroup);
        var descriptor = await _view.ReadAsync(DescriptorAt(group), _super.DescriptorSize, stop).ConfigureAwait(false);
        var table = BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(8))
            | (descriptor.Length >= 64 ? (long)BinaryPrimitives.ReadUInt32LittleEndian(descriptor.AsSpan(40)) << 32 : 0);
        return new ExtInode(await _view.ReadAsync(_blocks.Offset(table) + index * _super.InodeSize, _super.InodeSize, stop).ConfigureAwait(false));
    }

    private long DescriptorAt(long group)
    {
        var perBlock = _super.BlockSize / _super.DescriptorSize;
        if (_super.HasMetaGroups && group / perBlock >= _super.FirstMetaGroup)
            throw new DamagedVolumeException("its descriptors of groups lie among the groups (meta_bg), which is not read here");
        return _blocks.Offset(_super.FirstDataBlock + 1L) + group * _super.DescriptorSize;
    }
}
