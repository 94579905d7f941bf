using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vhd;

internal enum VhdType
{
    Fixed = 2,
    Dynamic = 3,
    Differencing = 4,
}

/// <summary>The footer of a VHD file. Source: Virtual Hard Disk Image Format Specification 1.0.</summary>
/// <param name="Type">What kind of file it ends.</param>
/// <param name="Length">The current size of the disk, in bytes; it counts, not the geometry, which is rounded.</param>
/// <param name="HeaderOffset">Where the header of a dynamic disk lies.</param>
internal sealed record VhdFooter(VhdType Type, long Length, long HeaderOffset)
{
    public const int Size = 512;

    private static ReadOnlySpan<byte> Cookie => "conectix"u8;

    public static bool IsIn(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Cookie);

    /// <exception cref="DiskFormatException">There is none, or it cannot be true.</exception>
    public static async ValueTask<VhdFooter> ReadAsync(IByteSource source, CancellationToken stop)
    {
        if (source.Length < Size) throw new DiskFormatException(source.Name, $"a VHD has at least {Size} bytes, and it has {source.Length}");
        var bytes = new byte[Size];
        var at = source.Length - Size;
        await source.ReadExactlyAsync(at, bytes, stop).ConfigureAwait(false);
        if (IsSound(bytes)) return Parse(bytes, source.Name, at);
        // A dynamic disk has a copy in front, for the case that the end is lost.
        await source.ReadExactlyAsync(0, bytes, stop).ConfigureAwait(false);
        if (!IsSound(bytes)) throw new DiskFormatException(source.Name, "the footer of a VHD with a right checksum should be there", at);
        return Parse(bytes, source.Name, 0);
    }

    /// <summary>The one's complement of the sum of all bytes but the sum's own.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes, int at)
    {
        uint sum = 0;
        for (var i = 0; i < bytes.Length; i++)
            if (i < at || i >= at + 4) sum += bytes[i];
        return ~sum;
    }

    private static bool IsSound(byte[] bytes) => IsIn(bytes) && BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(64)) == Checksum(bytes, 64);

    private static VhdFooter Parse(ReadOnlySpan<byte> bytes, string name, long at)
    {
        var length = BinaryPrimitives.ReadInt64BigEndian(bytes[48..]);
        if (length is < 0 or > 1L << 60 || length % 512 != 0) throw new DiskFormatException(name, $"the disk would have {length} bytes", at + 48);
        var type = BinaryPrimitives.ReadUInt32BigEndian(bytes[60..]);
        if (type is not (2 or 3 or 4)) throw new DiskFormatException(name, $"the type of the disk would be {type}; it is 2, 3 or 4", at + 60);
        return new VhdFooter((VhdType)type, length, BinaryPrimitives.ReadInt64BigEndian(bytes[16..]));
    }
}
