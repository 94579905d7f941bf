using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vdi;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Core.Disks;

/// <summary>What is at hand for opening a disk.</summary>
internal sealed record DiskOpening
{
    private const int HeadSize = 4096, MostBackingFiles = 16;

    /// <summary>Null finds out; Raw takes whatever it is as it is.</summary>
    public DiskFormat? Format { get; init; }

    /// <summary>Unpacks Zstandard; null where it is not at hand.</summary>
    public IUnpacker? Zstd { get; init; }

    /// <summary>Opens a file beside one that names it; null where there is none beside any.</summary>
    public Func<IByteSource, string, IByteSource>? Sibling { get; init; }

    /// <summary>Opens the file that another one is based on, by the name that stands there; null refuses files that are based on others.</summary>
    public Func<IByteSource, string, IByteSource>? Backing { get; init; }

    /// <summary>How many files based on others led here.</summary>
    private int Depth { get; init; }

    /// <summary>Opens the disk that a source holds; the disk disposes of the source, and so does a failure.</summary>
    /// <exception cref="DiskFormatException">It is damaged, or cannot be read here.</exception>
    public async ValueTask<IDisk> OpenAsync(IByteSource source, CancellationToken stop)
    {
        try
        {
            return (Format ?? await DetectAsync(source, stop).ConfigureAwait(false)) switch
            {
                DiskFormat.Qcow2 => await OpenQcow2Async(source, stop).ConfigureAwait(false),
                DiskFormat.Vhd => await VhdDisks.OpenAsync(source, stop).ConfigureAwait(false),
                DiskFormat.Vhdx => new MappedDisk(source, await VhdxMap.OpenAsync(source, stop).ConfigureAwait(false)),
                DiskFormat.Vmdk => await VmdkDisks.OpenAsync(source, name => (Sibling ?? NoSibling)(source, name), stop).ConfigureAwait(false),
                DiskFormat.Vdi => new MappedDisk(source, await VdiMap.OpenAsync(source, stop).ConfigureAwait(false)),
                _ => new RawDisk(source),
            };
        }
        catch
        {
            await source.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        static IByteSource NoSibling(IByteSource beside, string name) => throw new DiskFormatException(beside.Name, $"the disk lies in '{name}', which is not at hand here");
    }

    private async ValueTask<IDisk> OpenQcow2Async(IByteSource source, CancellationToken stop)
    {
        var header = await Qcow2Header.ReadAsync(source, stop).ConfigureAwait(false);
        var map = await Qcow2Map.OpenAsync(source, header, Zstd, stop).ConfigureAwait(false);
        if (header.BackingFile is not { } name) return new MappedDisk(source, map);
        if (Backing is null)
            throw new DiskFormatException(source.Name, $"it holds only what differs from '{name}'. Say that this file is to be followed, or make one file of both first, with qemu-img convert");
        if (Depth == MostBackingFiles)
            throw new DiskFormatException(source.Name, $"more than {MostBackingFiles} files would be based on each other; one may be based on itself");
        DiskFormat? format = header.BackingFormat switch
        {
            null => null,
            "raw" => DiskFormat.Raw,
            "qcow2" => DiskFormat.Qcow2,
            "vpc" => DiskFormat.Vhd,
            "vhdx" => DiskFormat.Vhdx,
            "vmdk" => DiskFormat.Vmdk,
            "vdi" => DiskFormat.Vdi,
            var other => throw new DiskFormatException(source.Name, $"it is based on '{name}', whose format would be {other}, which cannot be read here"),
        };
        return new MappedDisk(source, map, await (this with { Format = format, Depth = Depth + 1 }).OpenAsync(Backing(source, name), stop).ConfigureAwait(false));
    }

    /// <summary>The format by what the file says of itself; what says nothing is raw.</summary>
    /// <exception cref="DiskFormatException">It is of a format that cannot be read here.</exception>
    public static async ValueTask<DiskFormat> DetectAsync(IByteSource source, CancellationToken stop)
    {
        var head = new byte[Math.Min(HeadSize, source.Length)];
        await source.ReadExactlyAsync(0, head, stop).ConfigureAwait(false);
        if (Qcow2Header.IsIn(head)) return DiskFormat.Qcow2;
        if (VhdxHeader.IsIn(head)) return DiskFormat.Vhdx;
        if (VmdkSparseHeader.IsIn(head) || VmdkDescriptor.IsIn(head)) return DiskFormat.Vmdk;
        if (VhdFooter.IsIn(head)) return DiskFormat.Vhd;
        if (VdiMap.IsIn(head)) return DiskFormat.Vdi;
        var foot = new byte[Math.Min(VhdFooter.Size, source.Length)];
        await source.ReadExactlyAsync(source.Length - foot.Length, foot, stop).ConfigureAwait(false);
        if (foot.Length == VhdFooter.Size && VhdFooter.IsIn(foot)) return DiskFormat.Vhd;
        return ForeignFormat.Find(head, foot) is { } words ? throw new DiskFormatException(source.Name, words) : DiskFormat.Raw;
    }
}
