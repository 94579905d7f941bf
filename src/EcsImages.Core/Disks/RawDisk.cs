namespace EcsImages.Core.Disks;

/// <summary>A file whose bytes are the disk's. Where its length is no whole number of sectors, the last one is filled up with zeros.</summary>
internal sealed class RawDisk(IByteSource source) : IDisk
{
    private const int Sector = 512;

    public string Name => source.Name;

    public DiskFormat Format => DiskFormat.Raw;

    public long Length { get; } = checked((source.Length + Sector - 1) / Sector * Sector);

    public IReadOnlyList<string> Remarks { get; } = source.Length % Sector == 0 ? []
        : [$"Its length of {source.Length} bytes is no multiple of {Sector}; the last sector is filled up with zeros."];

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - buffer.Length);
        var stored = (int)Math.Clamp(source.Length - offset, 0, buffer.Length);
        if (stored > 0) await source.ReadExactlyAsync(offset, buffer[..stored], stop).ConfigureAwait(false);
        buffer.Span[stored..].Clear();
    }

    public ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop)
    {
        if (offset >= source.Length) return new(new DiskRange(offset, Length - offset, IsZero: true));
        var held = source.RangeAt(offset);
        return new(new DiskRange(offset, held.End - offset, held.IsZero));
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();
}
