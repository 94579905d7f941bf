using System.Buffers;
using System.Runtime.CompilerServices;

namespace EcsImages.Core.Disks;

/// <summary>A disk read through the tables of its format; what it does not hold itself, from the disk under it, which it disposes of.</summary>
internal sealed class MappedDisk(IByteSource source, IBlockMap map, IDisk? under = null) : IDisk
{
    // A guest's read of a few KiB must not unpack its whole block again each time.
    private readonly UnpackedBlocks _unpacked = new();

    // A long run that has many ranges, by the file's holes or the disk under it, must not be looked through for each of them.
    private StrongBox<BlockRun>? _run;

    public string Name => source.Name;

    public DiskFormat Format => map.Format;

    public long Length => map.Length;

    public int SectorSize => map.SectorSize;

    public IReadOnlyList<string> Remarks { get; } = [.. map.Remarks, .. under?.Remarks ?? []];

    public DiskTraits Traits { get; } = under is null ? map.Traits : map.Traits with { NeedsOtherFiles = true };

    public async ValueTask ReadAsync(long offset, Memory<byte> buffer, CancellationToken stop)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, Length - buffer.Length);
        while (!buffer.IsEmpty)
        {
            var run = await map.RunAtAsync(offset, stop).ConfigureAwait(false);
            var part = buffer[..(int)Math.Min(buffer.Length, run.End - offset)];
            switch (run.Kind)
            {
                case BlockKind.Zero:
                    part.Span.Clear();
                    break;
                case BlockKind.Absent:
                    await ReadUnderAsync(offset, part, stop).ConfigureAwait(false);
                    break;
                case BlockKind.Stored:
                    await source.ReadExactlyAsync(run.Source + (offset - run.Start), part, stop).ConfigureAwait(false);
                    break;
                default:
                    await ReadPackedAsync(run, (int)(offset - run.Start), part, stop).ConfigureAwait(false);
                    break;
            }
            buffer = buffer[part.Length..];
            offset += part.Length;
        }
    }

    public async ValueTask<DiskRange> RangeAtAsync(long offset, CancellationToken stop)
    {
        var run = await RunAtAsync(offset, stop).ConfigureAwait(false);
        if (run.Kind is BlockKind.Absent) return await RangeUnderAsync(offset, run.End, stop).ConfigureAwait(false);
        if (run.Kind is not BlockKind.Stored) return new DiskRange(offset, run.End - offset, run.Kind is BlockKind.Zero);
        // A block may be allocated and yet be a hole of the file.
        var at = run.Source + (offset - run.Start);
        if (at >= source.Length) return new DiskRange(offset, run.End - offset, IsZero: false);
        var held = source.RangeAt(at);
        return new DiskRange(offset, Math.Min(run.End - offset, held.End - at), held.IsZero);
    }

    public async ValueTask DisposeAsync()
    {
        if (under is not null) await under.DisposeAsync().ConfigureAwait(false);
        await source.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<BlockRun> RunAtAsync(long offset, CancellationToken stop)
    {
        if (Volatile.Read(ref _run) is { Value: var known } && offset >= known.Start && offset < known.End) return known;
        var run = await map.RunAtAsync(offset, stop).ConfigureAwait(false);
        if (run.Kind is BlockKind.Stored or BlockKind.Absent) Volatile.Write(ref _run, new StrongBox<BlockRun>(run));
        return run;
    }

    // The disk under it may be shorter: what follows is zeros.
    private async ValueTask ReadUnderAsync(long offset, Memory<byte> part, CancellationToken stop)
    {
        var held = (int)Math.Clamp((under?.Length ?? 0) - offset, 0, part.Length);
        if (held > 0) await under!.ReadAsync(offset, part[..held], stop).ConfigureAwait(false);
        part.Span[held..].Clear();
    }

    private async ValueTask<DiskRange> RangeUnderAsync(long offset, long end, CancellationToken stop)
    {
        if (under is null || offset >= under.Length) return new DiskRange(offset, end - offset, IsZero: true);
        var range = await under.RangeAtAsync(offset, stop).ConfigureAwait(false);
        return range with { Length = Math.Min(range.Length, end - offset) };
    }

    private async ValueTask ReadPackedAsync(BlockRun run, int at, Memory<byte> part, CancellationToken stop)
    {
        if (_unpacked.TryCopy(run.Start, at, part.Span)) return;
        if (at == 0 && part.Length == run.Length)
        {
            await UnpackAsync(run, part, stop).ConfigureAwait(false);
            return;
        }
        var block = _unpacked.Room(run.Length);
        await UnpackAsync(run, block, stop).ConfigureAwait(false);
        block.AsSpan(at, part.Length).CopyTo(part.Span);
        _unpacked.Keep(run.Start, block);
    }

    private async ValueTask UnpackAsync(BlockRun run, Memory<byte> block, CancellationToken stop)
    {
        // The last one may be said to reach beyond the end of the file: its length is told in whole sectors.
        var length = (int)Math.Min(run.SourceLength, Math.Max(0, source.Length - run.Source));
        var packed = ArrayPool<byte>.Shared.Rent(Math.Max(1, length));
        try
        {
            await source.ReadExactlyAsync(run.Source, packed.AsMemory(0, length), stop).ConfigureAwait(false);
            map.Unpack(run, new ArraySegment<byte>(packed, 0, length), block.Span);
        }
        catch (InvalidDataException e)
        {
            throw new DiskFormatException(source.Name, $"the compressed block of the disk's bytes from {run.Start} cannot be unpacked: {e.Message.TrimEnd('.')}", run.Source);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(packed);
        }
    }
}
