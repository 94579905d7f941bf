namespace EcsImages.Core.Disks;

/// <summary>The pieces of a disk that hold more than known zeros, in order.</summary>
/// <param name="disk">The disk.</param>
/// <param name="length">Where the last block is cut off, in bytes; the disk may be shorter or longer.</param>
/// <param name="block">Pieces begin and end with blocks of this size, in bytes: one with a single byte in it counts as a whole.</param>
/// <param name="most">Of a piece, in bytes; a multiple of a block's.</param>
internal sealed class DataPieces(IDisk disk, long length, int block, int most)
{
    private readonly long _end = Math.Min(disk.Length, length);
    private DiskRange _range;
    private long _at;

    /// <summary>The next one; null at the end.</summary>
    public async ValueTask<DiskPiece?> NextAsync(CancellationToken stop)
    {
        while (_at < _end && (await RangeAsync(stop).ConfigureAwait(false)).IsZero) _at = _range.End;
        if (_at >= _end) return null;
        var start = _at / block * block;
        var limit = Math.Min(length, start + most);
        do _at = Math.Min(limit, (_range.End + block - 1) / block * block);
        while (_at < limit && _at < _end && !(await RangeAsync(stop).ConfigureAwait(false)).IsZero);
        return new DiskPiece(start, (int)(_at - start));
    }

    // Asked once, however many pieces it makes.
    private async ValueTask<DiskRange> RangeAsync(CancellationToken stop) =>
        _at < _range.End ? _range : _range = await disk.RangeAtAsync(_at, stop).ConfigureAwait(false);
}
