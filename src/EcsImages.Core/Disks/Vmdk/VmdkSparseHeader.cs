using System.Buffers.Binary;

namespace EcsImages.Core.Disks.Vmdk;

/// <summary>The header of a sparse VMDK extent. Source: VMware Virtual Disk Format 5.0.</summary>
internal sealed record VmdkSparseHeader
{
    public const int Size = 512;
    private const uint Magic = 0x564D444B;
    private const ulong AtEnd = ulong.MaxValue;

    // What is packed is unpacked as a whole for each read. 64 KiB is what is written everywhere; QCOW2 ends at this size.
    private const long MostPackedGrain = 2 * 1024 * 1024;

    /// <summary>Of the extent, in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>In bytes.</summary>
    public required long GrainSize { get; init; }

    public required int EntriesPerTable { get; init; }

    /// <summary>Where the directory of tables lies, in bytes.</summary>
    public required long DirectoryOffset { get; init; }

    /// <summary>Where the descriptor lies, in bytes; 0 where another file has it.</summary>
    public required long DescriptorOffset { get; init; }

    public required long DescriptorSize { get; init; }

    /// <summary>Whether grains are compressed, each behind a marker.</summary>
    public required bool IsPacked { get; init; }

    /// <summary>Whether an entry of 1 stands for a grain of zeros.</summary>
    public required bool HasZeroGrains { get; init; }

    public required bool WasNotClosed { get; init; }

    /// <summary>How many bytes of the disk one table covers.</summary>
    public long PerTable => GrainSize * EntriesPerTable;

    public static bool IsIn(ReadOnlySpan<byte> head) => head.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(head) == Magic;

    public static async ValueTask<VmdkSparseHeader> ReadAsync(IByteSource source, CancellationToken stop)
    {
        var bytes = await source.ReadTableAsync(0, Size, Size, "the header of a VMDK", stop).ConfigureAwait(false);
        if (!IsIn(bytes)) throw new DiskFormatException(source.Name, "the header of a sparse VMDK should be there", 0);
        if (BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(56)) != AtEnd) return Parse(bytes, source.Name, 0);
        // Written as a stream: the header that counts comes after the grains, before the marker of the end.
        var descriptor = Parse(bytes, source.Name, 0);
        var at = source.Length - 2 * Size;
        if (at < Size) throw new DiskFormatException(source.Name, "the footer of a streamed VMDK is missing", source.Length);
        await source.ReadExactlyAsync(at, bytes, stop).ConfigureAwait(false);
        if (!IsIn(bytes)) throw new DiskFormatException(source.Name, "the footer of a streamed VMDK should be there; the file was cut off, or something follows it", at);
        return Parse(bytes, source.Name, at) with { DescriptorOffset = descriptor.DescriptorOffset, DescriptorSize = descriptor.DescriptorSize };
    }

    private static VmdkSparseHeader Parse(ReadOnlySpan<byte> bytes, string name, long at)
    {
        var version = BinaryPrimitives.ReadUInt32LittleEndian(bytes[4..]);
        if (version is < 1 or > 3) throw new DiskFormatException(name, $"it is a VMDK of version {version}; versions 1 to 3 can be read");
        var flags = BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]);
        var packed = (flags & 0x10000) != 0;
        if (packed && BinaryPrimitives.ReadUInt16LittleEndian(bytes[77..]) is not 1 and var method)
            throw new DiskFormatException(name, $"its grains are compressed in a way that is not known here ({method})");
        var entries = BinaryPrimitives.ReadUInt32LittleEndian(bytes[44..]);
        if (entries is 0 or > 65536) throw new DiskFormatException(name, $"a table would have {entries} entries", at + 44);
        var grain = Bytes(bytes, 20, 1 << 20, "a grain");
        if (grain < 8 * 512 || !long.IsPow2(grain)) throw new DiskFormatException(name, $"a grain would have {grain} bytes", at + 20);
        if (packed && grain > MostPackedGrain) throw new DiskFormatException(name, $"a compressed grain would have {grain} bytes, more than the {MostPackedGrain} that it may", at + 20);
        var directory = BinaryPrimitives.ReadUInt64LittleEndian(bytes[56..]);
        return new VmdkSparseHeader
        {
            Length = Bytes(bytes, 12, 1L << 40, "the extent"),
            GrainSize = grain,
            EntriesPerTable = (int)entries,
            DirectoryOffset = directory == AtEnd ? -1 : Bytes(bytes, 56, 1L << 40, "the place of the directory"),
            DescriptorOffset = Bytes(bytes, 28, 1L << 40, "the place of the descriptor"),
            DescriptorSize = Bytes(bytes, 36, 1L << 40, "the descriptor"),
            IsPacked = packed,
            HasZeroGrains = (flags & 4) != 0,
            WasNotClosed = bytes[72] != 0,
        };

        long Bytes(ReadOnlySpan<byte> from, int where, long most, string what)
        {
            var sectors = BinaryPrimitives.ReadUInt64LittleEndian(from[where..]);
            return sectors <= (ulong)most ? (long)sectors * 512 : throw new DiskFormatException(name, $"{what} would take {sectors} sectors", at + where);
        }
    }
}
