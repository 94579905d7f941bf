namespace EcsImages.Core.Disks;

/// <summary>Unpacks compressed blocks; from several threads at once.</summary>
internal interface IUnpacker
{
    /// <summary>Fills the whole block; bytes beyond it are no concern.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or too few.</exception>
    void Unpack(ArraySegment<byte> packed, Span<byte> block);
}
