namespace EcsImages.Core.Disks;

/// <summary>Takes the bytes of a file. Writers write from front to back, but for the head, which comes last; unless it takes any order.</summary>
internal interface IByteSink : IAsyncDisposable
{
    /// <summary>Whether it takes any bytes at any time, from several threads at once.</summary>
    bool TakesAnyOrder => false;

    /// <summary>Bytes that nobody writes before a position that is written are zeros.</summary>
    ValueTask WriteAsync(long offset, ReadOnlyMemory<byte> bytes, CancellationToken stop);

    /// <summary>Says that all was written, and how long the file is.</summary>
    ValueTask CompleteAsync(long length, CancellationToken stop);
}
