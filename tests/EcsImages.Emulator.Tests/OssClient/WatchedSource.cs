using EcsImages.Core.Disks;

namespace EcsImages.Emulator.Tests.OssClient;

/// <summary>A source; something happens before each of its reads.</summary>
internal sealed class WatchedSource(IByteSource inner, Action before) : IByteSource
{
    public string Name => inner.Name;

    public long Length => inner.Length;

    public ValueTask<int> ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        before();
        return inner.ReadAsync(offset, buffer, stop);
    }

    public DiskRange RangeAt(long offset) => inner.RangeAt(offset);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
