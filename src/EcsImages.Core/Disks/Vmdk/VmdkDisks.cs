namespace EcsImages.Core.Disks.Vmdk;

/// <summary>Opens VMDK files: in one piece or in several, sparse, flat or written as a stream.</summary>
internal static class VmdkDisks
{
    /// <param name="source">The file; or the descriptor of several.</param>
    /// <param name="sibling">Opens a file that lies beside it.</param>
    /// <param name="stop">Ends the work.</param>
    public static async ValueTask<IDisk> OpenAsync(IByteSource source, Func<string, IByteSource> sibling, CancellationToken stop)
    {
        var head = new byte[Math.Min(VmdkSparseHeader.Size, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        if (!VmdkSparseHeader.IsIn(head)) return await JoinAsync(source, sibling, stop).ConfigureAwait(false);
        var header = await VmdkSparseHeader.ReadAsync(source, stop).ConfigureAwait(false);
        var text = header.DescriptorOffset == 0 ? []
            : await source.ReadTableAsync(header.DescriptorOffset, Math.Min(header.DescriptorSize, VmdkDescriptor.Most), VmdkDescriptor.Most, "the descriptor", stop).ConfigureAwait(false);
        // VMware leaves a piece without room for a descriptor, QEMU leaves the room empty.
        var isPiece = !text.AsSpan().ContainsAnyExcept((byte)0);
        // It may say that there is a parent, without which the file is not the disk.
        if (!isPiece) VmdkDescriptor.Parse(text, source.Name);
        return new MappedDisk(source, await VmdkSparseMap.OpenAsync(source, isPiece, stop).ConfigureAwait(false));
    }

    private static async ValueTask<IDisk> JoinAsync(IByteSource source, Func<string, IByteSource> sibling, CancellationToken stop)
    {
        var text = await source.ReadTableAsync(0, source.Length, VmdkDescriptor.Most, "the descriptor", stop).ConfigureAwait(false);
        var descriptor = VmdkDescriptor.Parse(text, source.Name);
        // Each would be looked through again.
        if (descriptor.Extents.Where(static e => e.Kind is "SPARSE").GroupBy(static e => e.File, StringComparer.OrdinalIgnoreCase).FirstOrDefault(static g => g.Count() > 1) is { Key: var twice })
            throw new DiskFormatException(source.Name, $"its descriptor names the sparse extent '{twice}' more than once");
        var pieces = new List<(long Length, IDisk? Disk)>();
        try
        {
            foreach (var extent in descriptor.Extents) pieces.Add((extent.Length, await OpenAsync(extent, sibling, stop).ConfigureAwait(false)));
            await source.DisposeAsync().ConfigureAwait(false);
            return new JoinedDisk(source.Name, DiskFormat.Vmdk, pieces);
        }
        catch
        {
            foreach (var (_, disk) in pieces)
                if (disk is not null) await disk.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async ValueTask<IDisk?> OpenAsync(VmdkExtent extent, Func<string, IByteSource> sibling, CancellationToken stop)
    {
        if (extent.File is not { } name) return null;
        if (Path.GetFileName(name) != name || name is "." or "..")
            throw new DiskFormatException(name, "its descriptor names a file outside its folder, which is not followed");
        var file = sibling(name);
        try
        {
            if (extent.Kind is "SPARSE")
            {
                var map = await VmdkSparseMap.OpenAsync(file, isPiece: false, stop).ConfigureAwait(false);
                return map.Length >= extent.Length ? new MappedDisk(file, map)
                    : throw new DiskFormatException(name, $"it has {map.Length} bytes of the disk, and its descriptor says {extent.Length}");
            }
            if (extent.Offset > file.Length - extent.Length)
                throw new DiskFormatException(name, $"{extent.Length} bytes of the disk would lie there from byte {extent.Offset}", file.Length);
            return new RawDisk(new SourcePart(file, extent.Offset, extent.Length));
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }
}
