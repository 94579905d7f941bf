using System.Buffers.Binary;
using System.Text;

namespace EcsImages.Core.Disks.Qcow2;

/// <summary>How clusters are compressed.</summary>
internal enum Qcow2Compression
{
    Deflate = 0,
    Zstd = 1,
}

/// <summary>The header of a QCOW2 file, checked. Source: docs/interop/qcow2.txt of QEMU.</summary>
internal sealed record Qcow2Header
{
    public const uint Magic = 0x514649FB;
    public const int Compulsory = 72;

    /// <summary>What is written: clusters of 64 KiB.</summary>
    public const int UsualClusterBits = 16, UsualClusterSize = 1 << UsualClusterBits;

    /// <summary>In an entry of a table: nothing else refers to it.</summary>
    public const ulong Copied = 1UL << 63;

    private const int Written = 104;

    private const uint BackingFormatExtension = 0xE2792ACA;
    private const int MostL1 = 32 * 1024 * 1024;
    private const ulong DirtyBit = 1, CorruptBit = 2, DataFileBit = 4, CompressionBit = 8, ExtendedBit = 16;

    public required int Version { get; init; }

    public required int ClusterBits { get; init; }

    /// <summary>Of the disk, in bytes.</summary>
    public required long Length { get; init; }

    public required int L1Entries { get; init; }

    public required long L1Offset { get; init; }

    /// <summary>Null where there is none.</summary>
    public string? BackingFile { get; private init; }

    /// <summary>The format of the backing file, in QEMU's word for it; null where the file does not tell.</summary>
    public string? BackingFormat { get; private init; }

    public int Snapshots { get; private init; }

    public Qcow2Compression Compression { get; private init; }

    /// <summary>Whether clusters are divided into 32 parts, each with a state of its own.</summary>
    public bool HasSubclusters { get; private init; }

    public bool IsDirty { get; private init; }

    public bool IsCorrupt { get; private init; }

    public int ClusterSize => 1 << ClusterBits;

    /// <summary>The size of an entry of a second-level table, in bytes.</summary>
    public int EntrySize => HasSubclusters ? 16 : 8;

    public static bool IsIn(ReadOnlySpan<byte> head) => head.Length >= 8 && BinaryPrimitives.ReadUInt32BigEndian(head) == Magic
        && BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is >= 1 and <= 3;

    /// <exception cref="DiskFormatException">What cannot be, or cannot be read.</exception>
    public static async ValueTask<Qcow2Header> ReadAsync(IByteSource source, CancellationToken stop)
    {
        var head = new byte[Math.Min(512, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        if (head.Length < Compulsory) throw new DiskFormatException(source.Name, "the QCOW2 header ends there", head.Length);
        var header = Parse(head, source.Name);
        var nameOffset = BinaryPrimitives.ReadInt64BigEndian(head.AsSpan(8));
        if (nameOffset == 0) return header;
        var nameLength = BinaryPrimitives.ReadUInt32BigEndian(head.AsSpan(16));
        var name = await source.ReadTableAsync(nameOffset, nameLength, 1023, "the name of the backing file", stop).ConfigureAwait(false);
        return header with { BackingFile = Encoding.UTF8.GetString(name), BackingFormat = BackingFormatOf(head) };
    }

    /// <summary>Writes it, in version 3 and with nothing that needs to be understood.</summary>
    /// <param name="head">Takes it; zeros until then.</param>
    /// <param name="countsOffset">Where the table of reference counts lies, in bytes.</param>
    /// <param name="countsClusters">How long that is, in clusters.</param>
    public void Write(Span<byte> head, long countsOffset, int countsClusters)
    {
        BinaryPrimitives.WriteUInt32BigEndian(head, Magic);
        BinaryPrimitives.WriteUInt32BigEndian(head[4..], 3);
        BinaryPrimitives.WriteInt32BigEndian(head[20..], ClusterBits);
        BinaryPrimitives.WriteInt64BigEndian(head[24..], Length);
        BinaryPrimitives.WriteInt32BigEndian(head[36..], L1Entries);
        BinaryPrimitives.WriteInt64BigEndian(head[40..], L1Offset);
        BinaryPrimitives.WriteInt64BigEndian(head[48..], countsOffset);
        BinaryPrimitives.WriteInt32BigEndian(head[56..], countsClusters);
        // Counts have 16 bits.
        BinaryPrimitives.WriteInt32BigEndian(head[96..], 4);
        BinaryPrimitives.WriteInt32BigEndian(head[100..], Written);
    }

    // Extensions follow the header: a type, a length, and the bytes, filled up to a multiple of 8.
    private static string? BackingFormatOf(ReadOnlySpan<byte> head)
    {
        var at = BinaryPrimitives.ReadUInt32BigEndian(head[4..]) < 3 ? Compulsory : (long)BinaryPrimitives.ReadUInt32BigEndian(head[100..]);
        while (at >= Compulsory && at <= head.Length - 8)
        {
            var (type, length) = (BinaryPrimitives.ReadUInt32BigEndian(head[(int)at..]), BinaryPrimitives.ReadUInt32BigEndian(head[((int)at + 4)..]));
            at += 8;
            if (type == 0 || length > head.Length - at) return null;
            if (type == BackingFormatExtension) return Encoding.ASCII.GetString(head.Slice((int)at, (int)length));
            at += (length + 7) / 8 * 8;
        }
        return null;
    }

    private static Qcow2Header Parse(ReadOnlySpan<byte> head, string name)
    {
        var version = BinaryPrimitives.ReadUInt32BigEndian(head[4..]);
        if (version is not (2 or 3)) throw new DiskFormatException(name, $"it is QCOW version {version}; versions 2 and 3 can be read. Convert it with qemu-img first");
        var bits = BinaryPrimitives.ReadUInt32BigEndian(head[20..]);
        if (bits is < 9 or > 21) throw new DiskFormatException(name, $"the cluster size would be 2^{bits} bytes; it is from 2^9 to 2^21", 20);
        var length = BinaryPrimitives.ReadUInt64BigEndian(head[24..]);
        if (length > 1UL << 60) throw new DiskFormatException(name, $"the disk would have {length} bytes", 24);
        if (BinaryPrimitives.ReadUInt32BigEndian(head[32..]) is not 0 and var method)
            throw new DiskFormatException(name, $"its content is encrypted (method {method}). Decrypt it first, with qemu-img convert and its secret");
        var features = version == 3 ? Features(head, name) : 0;
        var header = new Qcow2Header
        {
            Version = (int)version,
            ClusterBits = (int)bits,
            Length = (long)length,
            L1Entries = CheckL1(BinaryPrimitives.ReadUInt32BigEndian(head[36..]), name),
            L1Offset = BinaryPrimitives.ReadInt64BigEndian(head[40..]),
            Snapshots = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(head[60..]), int.MaxValue),
            IsDirty = (features & DirtyBit) != 0,
            IsCorrupt = (features & CorruptBit) != 0,
            HasSubclusters = (features & ExtendedBit) != 0,
            Compression = (features & CompressionBit) != 0 ? CompressionOf(head, name) : Qcow2Compression.Deflate,
        };
        if (header.HasSubclusters && bits < 14) throw new DiskFormatException(name, $"clusters of 2^{bits} bytes cannot have subclusters", 20);
        header.CheckCovers(name);
        return header;
    }

    private static ulong Features(ReadOnlySpan<byte> head, string name)
    {
        if (head.Length < 104) throw new DiskFormatException(name, "the QCOW2 header of version 3 ends there", head.Length);
        var features = BinaryPrimitives.ReadUInt64BigEndian(head[72..]);
        if ((features & DataFileBit) != 0)
            throw new DiskFormatException(name, "its data lie in another file. Convert it with qemu-img first, which makes one file of them");
        const ulong Known = DirtyBit | CorruptBit | CompressionBit | ExtendedBit;
        if ((features & ~Known) is not 0 and var unknown)
            throw new DiskFormatException(name, $"it needs features that are not known here (bits 0x{unknown:x}). Convert it with qemu-img first");
        return features;
    }

    private static Qcow2Compression CompressionOf(ReadOnlySpan<byte> head, string name) =>
        BinaryPrimitives.ReadUInt32BigEndian(head[100..]) <= 104 || head.Length <= 104 ? Qcow2Compression.Deflate
        : head[104] is 0 or 1 ? (Qcow2Compression)head[104]
        : throw new DiskFormatException(name, $"its clusters are compressed in a way that is not known here ({head[104]}). Convert it with qemu-img first");

    private static int CheckL1(uint entries, string name) => entries <= MostL1 / 8 ? (int)entries
        : throw new DiskFormatException(name, $"its first-level table would have {entries} entries; more than {MostL1 / 8} cannot be", 36);

    private void CheckCovers(string name)
    {
        var perTable = (long)(ClusterSize / EntrySize) << ClusterBits;
        if (L1Entries < (Length + perTable - 1) / perTable)
            throw new DiskFormatException(name, $"the disk has {Length} bytes, but its first-level table covers {L1Entries} times {perTable}", 36);
        if (L1Offset < 0 || L1Offset % ClusterSize != 0) throw new DiskFormatException(name, $"its first-level table would lie at byte {L1Offset}", 40);
    }
}
