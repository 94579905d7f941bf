namespace EcsImages.Core.Disks;

/// <summary>A disk that lies in several pieces, one behind the other; a piece without a disk is zeros.</summary>
internal sealed class JoinedDisk : IDisk
{
    private readonly (long Start, long Length, IDisk? Disk)[] _pieces;

    public JoinedDisk(string name, DiskFormat format, IReadOnlyList<(long Length, IDisk? Disk)> pieces)
    {
        long at = 0;
        _pieces = [.. pieces.Select(p => (at, p.Length, p.Disk, End: at = checked(at + p.Length))).Select(static p => (p.at, p.Length, p.Disk))];
        (Name, Format, Length) = (name, format, at);
        Traits = new DiskTraits { NeedsOtherFiles = true, WasNotClosed = pieces.Any(static p => p.Disk?.Traits.WasNotClosed == true) };
        Remarks = [.. pieces.SelectMany(static p => p.Disk?.Remarks ?? []).Distinct()];
    }

    public string Name { get; }

    public DiskFormat Format { get; }

    public long Length { get; }

    public IReadOnlyList<string> Remarks { get; }

    public DiskTraits Traits { get; }

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - buffer.Length);
        while (!buffer.IsEmpty)
        {
            var (start, length, disk) = PieceAt(offset);
            var part = buffer[..(int)Math.Min(buffer.Length, start + length - offset)];
            if (disk is null) part.Span.Clear();
            else await disk.ReadAsync(offset - start, part, stop).ConfigureAwait(false);
            buffer = buffer[part.Length..];
            offset += part.Length;
        }
    }

    public async ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop)
    {
        var (start, length, disk) = PieceAt(offset);
        if (disk is null) return new DiskRange(offset, start + length - offset, IsZero: true);
        var range = await disk.RangeAtAsync(offset - start, stop).ConfigureAwait(false);
        return range with { Start = offset, Length = Math.Min(range.Length, start + length - offset) };
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, _, disk) in _pieces)
            if (disk is not null) await disk.DisposeAsync().ConfigureAwait(false);
    }

    private (long Start, long Length, IDisk? Disk) PieceAt(long offset)
    {
        var (low, high) = (0, _pieces.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_pieces[middle].Start <= offset) low = middle;
            else high = middle - 1;
        }
        return _pieces[low];
    }
}
