using EcsImages.Core.Disks;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace EcsImages.Local.Zstd;

/// <summary>Unpacks clusters of QCOW2 files that are compressed with Zstandard.</summary>
/// <remarks>Here, and not in Core, because a package lies behind it: what loads beside other people's modules has none.</remarks>
internal sealed class ZstdUnpacker : IUnpacker
{
    // The window that every reader of the format should have, by RFC 8878; a frame can ask for far more.
    private const int MostWindowBits = 23;

    public void Unpack(ArraySegment<byte> packed, Span<byte> block)
    {
        try
        {
            using var source = new MemoryStream(packed.Array!, packed.Offset, packed.Count, writable: false);
            using var stream = new DecompressionStream(source);
            stream.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MostWindowBits);
            var count = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
            if (count < block.Length) throw new InvalidDataException($"it holds {count} bytes instead of {block.Length}");
        }
        catch (Exception e) when (e is ZstdException or EndOfStreamException)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
