namespace EcsImages.Core.Disks;

/// <summary>Bytes that can be read anywhere and from several threads: a file, an object in a bucket, a part of either.</summary>
internal interface IByteSource : IAsyncDisposable
{
    /// <summary>For messages: a path, or bucket and key.</summary>
    string Name { get; }

    /// <summary>In bytes.</summary>
    long Length { get; }

    /// <summary>Reads from an offset within the length; fewer bytes than asked for only at the end.</summary>
    ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop);

    /// <summary>What lies at an offset within the length: a hole, or stored bytes, up to where that changes or is no longer known.</summary>
    DiskRange RangeAt(long offset);
}

internal static class ByteSourceReading
{
    /// <summary>Fills the whole buffer.</summary>
    /// <exception cref="DiskFormatException">The source ends before.</exception>
    public static async ValueTask ReadExactlyAsync(this IByteSource source, long offset, Memory<byte> buffer, CancellationToken stop)
    {
        if (offset < 0 || offset > source.Length - buffer.Length)
            throw new DiskFormatException(source.Name, $"it ends after {source.Length} bytes, but {buffer.Length} bytes should follow there", offset);
        while (!buffer.IsEmpty)
        {
            var count = await source.ReadAsync(offset, buffer, stop).ConfigureAwait(false);
            if (count == 0) throw new DiskFormatException(source.Name, "it has become shorter while it was read", offset);
            buffer = buffer[count..];
            offset += count;
        }
    }

    /// <summary>Reads a table that the file describes, after a look at whether it can be true.</summary>
    public static async ValueTask<byte[]> ReadTableAsync(this IByteSource source, long offset, long length, int most, string what, CancellationToken stop)
    {
        if (length < 0 || length > most) throw new DiskFormatException(source.Name, $"{what} would take {length} bytes, more than the {most} that it may", offset);
        if (offset < 0 || offset > source.Length - length)
            throw new DiskFormatException(source.Name, $"{what} of {length} bytes would lie there, but the file ends after {source.Length}", offset);
        var table = GC.AllocateUninitializedArray<byte>((int)length);
        await source.ReadExactlyAsync(offset, table, stop).ConfigureAwait(false);
        return table;
    }
}
