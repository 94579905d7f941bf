namespace EcsImages.Core.Disks.Inspection.Volumes.Xfs;

/// <summary>XFS of versions 4 and 5, to read. The log is not replayed: what was written last may be missing.</summary>
internal sealed class XfsVolume : IVolume
{
    private const int LinkHeader = 56;
    private readonly DiskView _view;
    private readonly XfsSuperblock _super;
    private readonly XfsBlocks _blocks;
    private readonly XfsFolder _folder;

    private XfsVolume(DiskView view, XfsSuperblock super) =>
        (_view, _super, _blocks, _folder) = (view, super, new XfsBlocks(view, super), new XfsFolder(super.Version, super.HasFileTypes));

    public bool IgnoresCase => false;

    /// <exception cref="DamagedVolumeException">It is none, or uses what cannot be read here.</exception>
    public static async ValueTask<XfsVolume> OpenAsync(DiskView view, CancellationToken stop) =>
        new(view, XfsSuperblock.Read(await view.ReadAsync(0, XfsSuperblock.Size, stop).ConfigureAwait(false)));

    public ValueTask<FileNode> RootAsync(CancellationToken stop) => NodeAsync(new FolderEntry("", (long)Math.Min(_super.RootInode, long.MaxValue)), stop);

    public async ValueTask<FileNode> NodeAsync(FolderEntry entry, CancellationToken stop)
    {
        var inode = await InodeAsync(entry.Id, stop).ConfigureAwait(false);
        return new FileNode(entry.Id, inode.Kind, inode.Length);
    }

    public async ValueTask<IReadOnlyList<FolderEntry>> ListAsync(FileNode folder, CancellationToken stop)
    {
        var inode = await InodeAsync(folder.Id, stop).ConfigureAwait(false);
        var entries = new List<FolderEntry>();
        if (inode.Format is XfsFormat.Local)
        {
            _folder.ParseLocal(inode.Fork.Span, entries);
            return entries;
        }
        var bytes = await ContentAsync(inode, VolumeLimits.MostFolderBytes, stop).ConfigureAwait(false);
        for (var at = 0; at <= bytes.Length - _super.FolderBlockSize; at += _super.FolderBlockSize) _folder.ParseBlock(bytes.AsSpan(at, _super.FolderBlockSize), entries);
        return entries;
    }

    public async ValueTask<byte[]> ReadAsync(FileNode file, int most, CancellationToken stop)
    {
        var inode = await InodeAsync(file.Id, stop).ConfigureAwait(false);
        if (inode.Format is XfsFormat.Local) return inode.Fork[..(int)Math.Min(inode.Fork.Length, Math.Min(inode.Length, most))].ToArray();
        if (inode.Kind is not FileKind.Link || _super.Version == 4) return await ContentAsync(inode, most, stop).ConfigureAwait(false);
        // With checksums, where a link leads has a header before it.
        var run = await _blocks.FindAsync(inode, 0, stop).ConfigureAwait(false);
        var block = await _view.ReadAsync(_super.Offset(run.Physical ?? ulong.MaxValue), _super.BlockSize, stop).ConfigureAwait(false);
        return block[LinkHeader..(LinkHeader + (int)Math.Min(block.Length - LinkHeader, Math.Min(inode.Length, most)))];
    }

    private async ValueTask<byte[]> ContentAsync(XfsInode inode, int most, CancellationToken stop)
    {
        if (inode.IsElsewhere) throw new DamagedVolumeException("a file lies on its realtime device, which is not read");
        var bytes = new byte[Math.Min(most, Math.Min(inode.Length, _view.Length))];
        for (var done = 0; done < bytes.Length;)
        {
            var run = await _blocks.FindAsync(inode, done / _super.BlockSize, stop).ConfigureAwait(false);
            var part = bytes.AsMemory(done, (int)Math.Min(bytes.Length - done, Math.Min(run.Count, int.MaxValue) * _super.BlockSize));
            if (run.Physical is { } physical) await _view.ReadAsync(_super.Offset(physical), part, stop).ConfigureAwait(false);
            done += part.Length;
        }
        return bytes;
    }

    private async ValueTask<XfsInode> InodeAsync(long number, CancellationToken stop)
    {
        var (block, within) = ((ulong)number >> _super.InodeBits, number & ((1L << _super.InodeBits) - 1));
        return new XfsInode(await _view.ReadAsync(_super.Offset(block) + within * _super.InodeSize, _super.InodeSize, stop).ConfigureAwait(false), (ulong)number);
    }
}
