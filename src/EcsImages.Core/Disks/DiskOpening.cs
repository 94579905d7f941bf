using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vdi;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Core.Disks;

/// <summary>What is at hand for opening a disk.</summary>
internal sealed record DiskOpening
{
    private const int HeadSize = 4096;

    /// <summary>Null finds out; Raw takes whatever it is as it is.</summary>
    public DiskFormat? Format { get; init; }

    /// <summary>Unpacks Zstandard; null where it is not at hand.</summary>
    public IUnpacker? Zstd { get; init; }

    /// <summary>Opens a file beside the one that is opened; null where there is none beside it.</summary>
    public Func<string, IByteSource>? Sibling { get; init; }

    /// <summary>Opens the disk that a source holds; the disk disposes of the source, and so does a failure.</summary>
    /// <exception cref="DiskFormatException">It is damaged, or cannot be read here.</exception>
    public async ValueTask<IDisk> OpenAsync(IByteSource source, CancellationToken stop)
    {
        try
        {
            return (Format ?? await DetectAsync(source, stop).ConfigureAwait(false)) switch
            {
                DiskFormat.Qcow2 => new MappedDisk(source, await Qcow2Map.OpenAsync(source, Zstd, stop).ConfigureAwait(false)),
                DiskFormat.Vhd => await VhdDisks.OpenAsync(source, stop).ConfigureAwait(false),
                DiskFormat.Vhdx => new MappedDisk(source, await VhdxMap.OpenAsync(source, stop).ConfigureAwait(false)),
                DiskFormat.Vmdk => await VmdkDisks.OpenAsync(source, Sibling ?? NoSibling, stop).ConfigureAwait(false),
                DiskFormat.Vdi => new MappedDisk(source, await VdiMap.OpenAsync(source, stop).ConfigureAwait(false)),
                _ => new RawDisk(source),
            };
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        IByteSource NoSibling(string name) => throw new DiskFormatException(source.Name, $"the disk lies in '{name}', which is not at hand here");
    }

    /// <summary>The format by what the file says of itself; what says nothing is raw.</summary>
    public static async ValueTask<DiskFormat> DetectAsync(IByteSource source, CancellationToken stop)
    {
        var head = new byte[Math.Min(HeadSize, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        if (Qcow2Header.IsIn(head)) return DiskFormat.Qcow2;
        if (VhdxHeader.IsIn(head)) return DiskFormat.Vhdx;
        if (VmdkSparseHeader.IsIn(head) || VmdkDescriptor.IsIn(head)) return DiskFormat.Vmdk;
        if (VhdFooter.IsIn(head)) return DiskFormat.Vhd;
        if (VdiMap.IsIn(head)) return DiskFormat.Vdi;
        if (source.Length < VhdFooter.Size) return DiskFormat.Raw;
        var foot = new byte[VhdFooter.Size];
        await source.ReadExactlyAsync(source.Length - VhdFooter.Size, foot, stop).ConfigureAwait(false);
        return VhdFooter.IsIn(foot) ? DiskFormat.Vhd : DiskFormat.Raw;
    }
}
