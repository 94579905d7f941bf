using System.Buffers;

namespace EcsImages.Core.Disks;

/// <summary>A disk read through the tables of its format.</summary>
internal sealed class MappedDisk(IByteSource source, IBlockMap map) : IDisk
{
    // A guest's read of a few KiB must not unpack its whole block again each time.
    private readonly UnpackedBlocks _unpacked = new();

    public DiskFormat Format => map.Format;

    public long Length => map.Length;

    public IReadOnlyList<string> Remarks => map.Remarks;

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
        var run = await map.RunAtAsync(offset, stop).ConfigureAwait(false);
        if (run.Kind is not BlockKind.Stored) return new DiskRange(offset, run.End - offset, run.Kind is BlockKind.Zero);
        // A block may be allocated and yet be a hole of the file.
        var at = run.Source + (offset - run.Start);
        if (at >= source.Length) return new DiskRange(offset, run.End - offset, IsZero: false);
        var held = source.RangeAt(at);
        return new DiskRange(offset, Math.Min(run.End - offset, held.End - at), held.IsZero);
    }

    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async ValueTask ReadPackedAsync(BlockRun run, int at, Memory<byte> part, CancellationToken stop)
    {
        if (_unpacked.TryCopy(run.Start, at, part.Span)) return;
        if (at == 0 && part.Length == run.Length)
        {
            await UnpackAsync(run, part, stop).ConfigureAwait(false);
            return;
        }
        var block = new byte[run.Length];
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
            map.Unpack(new ArraySegment<byte>(packed, 0, length), block.Span);
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
