using System.IO.Compression;

namespace EcsImages.Core.Disks;

/// <summary>Blocks in the deflate format, with nothing around it or with what zlib puts there; bytes behind its end are no concern.</summary>
internal static class Deflated
{
    /// <exception cref="InvalidDataException">The bytes are damaged, or too few.</exception>
    public static void Unpack(ArraySegment<byte> packed, Span<byte> block)
    {
        using var deflate = new DeflateStream(Stream(packed), CompressionMode.Decompress);
        Fill(deflate, block);
    }

    /// <exception cref="InvalidDataException">The bytes are damaged, or too few.</exception>
    public static void UnpackZlib(ArraySegment<byte> packed, Span<byte> block)
    {
        using var zlib = new ZLibStream(Stream(packed), CompressionMode.Decompress);
        Fill(zlib, block);
    }

    private static MemoryStream Stream(ArraySegment<byte> packed) => new(packed.Array!, packed.Offset, packed.Count, writable: false);

    private static void Fill(Stream from, Span<byte> block)
    {
        var count = from.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        if (count < block.Length) throw new InvalidDataException($"it holds {count} bytes instead of {block.Length}");
    }
}
