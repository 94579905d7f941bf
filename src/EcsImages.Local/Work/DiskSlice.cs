using EcsImages.Core.Disks;

namespace EcsImages.Local.Work;

/// <summary>A range of a disk as a disk of its own; the whole is its user's to dispose of.</summary>
internal sealed class DiskSlice(IDisk whole, long start, long length) : IDisk
{
    public DiskFormat Format => whole.Format;

    public long Length => length;

    public IReadOnlyList<string> Remarks => [];

    public ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop) => whole.ReadAsync(start + offset, buffer, stop);

    public async ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop)
    {
        var range = await whole.RangeAtAsync(start + offset, stop).ConfigureAwait(false);
        return new DiskRange(offset, Math.Min(range.End - start, length) - offset, range.IsZero);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
