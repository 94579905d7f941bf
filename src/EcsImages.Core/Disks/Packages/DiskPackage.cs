using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;

namespace EcsImages.Core.Disks.Packages;

/// <summary>A disk-image file with something around it that has to come off before any byte of the disk can be found: gzip, tar, or both.</summary>
internal static class DiskPackage
{
    private const int Block = 512, Piece = 64 * 1024, MostPadding = 16 * 1024 * 1024, TarMagicAt = 257;

    private static readonly string[] Accompanying = [".ovf", ".mf", ".cert", ".xml", ".txt", ".json", ".md5", ".sha1", ".sha256", ".nvram"];

    /// <summary>What is around the file that a source holds.</summary>
    public static async ValueTask<PackageKind> DetectAsync(IByteSource source, CancellationToken stop)
    {
        var head = new byte[Math.Min(Block, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        if (IsTar(head)) return PackageKind.Tar;
        if (!head.AsSpan().StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])) return PackageKind.None;
        var gzip = new GZipStream(ForwardStream.Of(source), CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false))
        {
            try
            {
                var inner = new byte[Block];
                var count = await gzip.ReadAtLeastAsync(inner, Block, throwOnEndOfStream: false, stop).ConfigureAwait(false);
                return IsTar(inner.AsSpan(0, count)) ? PackageKind.TarGzip : PackageKind.Gzip;
            }
            catch (InvalidDataException e)
            {
                throw Damaged(source, e);
            }
        }
    }

    /// <summary>Takes the file out, into a sink that has holes where it has zeros; returns its name in the archive, or null where gzip is all that was around it.</summary>
    /// <param name="source">The package.</param>
    /// <param name="kind">What is around the file.</param>
    /// <param name="sink">Takes the file.</param>
    /// <param name="most">The most that it may be, in bytes: a few packed bytes can stand for more than any disk holds.</param>
    /// <param name="progress">Told how many bytes of the package are done.</param>
    /// <param name="stop">Ends the work.</param>
    /// <exception cref="DiskFormatException">It is damaged, holds no disk or several, or one that is too large.</exception>
    public static async Task<string?> UnpackAsync(IByteSource source, PackageKind kind, IByteSink sink, long most, IProgress<long>? progress, CancellationToken stop)
    {
        var packed = ForwardStream.Of(source);
        if (kind is PackageKind.Tar) return await TryAsync(packed).ConfigureAwait(false);
        var gzip = new GZipStream(packed, CompressionMode.Decompress);
        await using (gzip.ConfigureAwait(false))
            return await TryAsync(new ForwardStream((_, buffer, token) => gzip.ReadAsync(buffer, token))).ConfigureAwait(false);

        async Task<string?> TryAsync(ForwardStream unpacked)
        {
            try
            {
                string? name = null;
                if (kind is PackageKind.Gzip) await CopyAsync(unpacked, source.Name).ConfigureAwait(false);
                else name = await UnpackEntryAsync(unpacked).ConfigureAwait(false);
                if (kind is not PackageKind.Tar) await CheckEndAsync(unpacked).ConfigureAwait(false);
                return name;
            }
            // The last two are what the runtime's reader says of numbers in an archive that cannot be.
            catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentOutOfRangeException)
            {
                throw Damaged(source, e);
            }
        }

        async Task<string> UnpackEntryAsync(Stream archive)
        {
            var reader = new TarReader(archive, leaveOpen: true);
            await using (reader.ConfigureAwait(false))
            {
                string? found = null;
                while (await NextAsync(reader).ConfigureAwait(false) is { } entry)
                {
                    if (IsAccompanying(entry.Name)) continue;
                    if (IsSparse(entry)) throw WithoutHoles($"'{entry.Name}' was");
                    if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile or TarEntryType.ContiguousFile)) continue;
                    if (found is not null)
                        throw new DiskFormatException(source.Name, $"it holds more than one disk: '{found}' and '{entry.Name}'. Unpack it, and name the one that is meant");
                    found = entry.Name;
                    var length = entry.DataStream is { } data ? await CopyAsync(data, $"{source.Name}: {found}").ConfigureAwait(false) : 0;
                    if (length != entry.Length) throw new EndOfStreamException($"'{found}' ends after {length} of {entry.Length} bytes");
                }
                return found ?? throw new DiskFormatException(source.Name, "it is an archive without a disk in it");
            }
        }

        async Task<TarEntry?> NextAsync(TarReader reader)
        {
            try
            {
                return await reader.GetNextEntryAsync(copyData: false, stop).ConfigureAwait(false);
            }
            catch (NotSupportedException)
            {
                // GNU tar has a type of its own for it. Of the others that the runtime does not read, none has been written for decades.
                throw WithoutHoles("a disk was, most likely,");
            }
        }

        DiskFormatException WithoutHoles(string what) =>
            new(source.Name, $"{what} put into it without its holes (tar -S), which are not made up for here. Unpack it with tar -xf, or pack it again without -S");

        async Task<long> CopyAsync(Stream from, string name)
        {
            var piece = new byte[Piece];
            for (long at = 0; ;)
            {
                var count = await from.ReadAtLeastAsync(piece, Piece, throwOnEndOfStream: false, stop).ConfigureAwait(false);
                if (count > most - at) throw new DiskFormatException(name, $"unpacked, it is larger than the {most} bytes that it may be here");
                if (piece.AsSpan(0, count).ContainsAnyExcept((byte)0)) await sink.WriteAsync(at, piece.AsMemory(0, count), stop).ConfigureAwait(false);
                at += count;
                progress?.Report(packed.Position);
                if (count == Piece) continue;
                await sink.CompleteAsync(at, stop).ConfigureAwait(false);
                return at;
            }
        }

        // The runtime takes the end of the file for the end of the data; the length that gzip notes last tells.
        async Task CheckEndAsync(ForwardStream unpacked)
        {
            var rest = new byte[Piece];
            for (var padding = 0; await unpacked.ReadAsync(rest, stop).ConfigureAwait(false) is > 0 and var count;)
                if ((padding += count) > MostPadding) throw new InvalidDataException("too much follows the archive");
            var last = new byte[4];
            await source.ReadExactlyAsync(Math.Max(0, source.Length - 4), last, stop).ConfigureAwait(false);
            if (BinaryPrimitives.ReadUInt32LittleEndian(last) != (uint)unpacked.Position)
                throw new InvalidDataException("it was cut off, or is made of several parts. Unpack it with gzip -d first");
        }
    }

    private static bool IsTar(ReadOnlySpan<byte> head) => head.Length == Block && head[TarMagicAt..].StartsWith("ustar"u8);

    // macOS puts a file beside each file, whose name begins with "._".
    private static bool IsAccompanying(string name) =>
        Path.GetFileName(name).StartsWith('.') || Accompanying.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    // In archives of POSIX it is a file like any other, but for what is said beside it: the runtime hands out a map and the bytes that are stored.
    private static bool IsSparse(TarEntry entry) => entry is PaxTarEntry { ExtendedAttributes.Keys: var said } && said.Any(static k => k.StartsWith("GNU.sparse.", StringComparison.Ordinal));

    private static DiskFormatException Damaged(IByteSource source, Exception e) => new(source.Name, $"it cannot be unpacked: {e.Message.TrimEnd('.')}");
}
