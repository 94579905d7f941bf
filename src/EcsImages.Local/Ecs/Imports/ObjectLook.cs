using System.Buffers.Binary;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Local.Dispatch;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>What a look at the tables of an object tells.</summary>
/// <param name="Format">What it is.</param>
/// <param name="Length">Of the disk in it, in bytes; null where it is no disk, or is damaged.</param>
/// <param name="Problem">What is wrong with it as a file of its format; null where nothing shows so far.</param>
/// <param name="Refusal">What the service refuses at once.</param>
internal sealed record ObjectLook(string Format, long? Length, string? Problem = null, EndpointError? Refusal = null)
{
    private const uint VhdBlock = 2 * 1024 * 1024;

    /// <summary>Looks at the tables that say where the bytes of the disk are.</summary>
    public static async Task<ObjectLook> AtAsync(IByteSource source, string format, CancellationToken stop)
    {
        if (format == DiskMagic.Raw) return new(format, source.Length);
        if (DiskMagic.FormatOf(format) is not { } known) return new(format, null);
        try
        {
            var refusal = known is DiskFormat.Vhd ? await JudgeVhdAsync(source, stop).ConfigureAwait(false) : null;
            if (refusal is not null) return new(format, null, Refusal: refusal);
            var disk = await DiskMagic.Opening(known).OpenAsync(source, stop).ConfigureAwait(false);
            await using (disk.ConfigureAwait(false)) return new(format, disk.Length);
        }
        catch (DiskFormatException e)
        {
            return new(format, null, e.Message);
        }
    }

    // The table of a dynamic one must cover the disk to the byte (rules.md 62); the block size that the service takes is the usual one.
    private static async Task<EndpointError?> JudgeVhdAsync(IByteSource source, CancellationToken stop)
    {
        var footer = await VhdFooter.ReadAsync(source, stop).ConfigureAwait(false);
        if (footer.Type is not VhdType.Dynamic || footer.HeaderOffset < 0 || footer.HeaderOffset > source.Length - 1024) return null;
        var header = new byte[36];
        await source.ReadExactlyAsync(footer.HeaderOffset, header, stop).ConfigureAwait(false);
        var (entries, block) = (BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)), BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(32)));
        if (block != VhdBlock) return Error.Of("InvalidBlockSize.NotSupport", source.Name, block, VhdBlock);
        return (long)entries * block == footer.Length ? null : Error.Of("InvalidVHDImage.IncorrectSize", source.Name, footer.Length, entries, block);
    }
}
