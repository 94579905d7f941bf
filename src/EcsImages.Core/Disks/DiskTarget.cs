using System.IO.Compression;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Core.Disks;

/// <summary>How a disk is to be stored.</summary>
/// <param name="Format">The format.</param>
/// <param name="IsCompressed">Whether its blocks are packed; a VMDK's always are.</param>
/// <param name="IsFixed">Whether a VHD has a place for each of its bytes.</param>
internal sealed record DiskTarget(DiskFormat Format, bool IsCompressed = false, bool IsFixed = false)
{
    private const int Sector = 512;

    /// <summary>The formats that are written.</summary>
    public static IReadOnlyList<DiskFormat> Formats { get; } = [DiskFormat.Raw, DiskFormat.Qcow2, DiskFormat.Vhd, DiskFormat.Vhdx, DiskFormat.Vmdk];

    /// <summary>The format that the extension of a file's name stands for; null where it stands for none.</summary>
    public static DiskFormat? FormatOf(string file) => Path.GetExtension(file).ToLowerInvariant() switch
    {
        ".raw" or ".img" => DiskFormat.Raw,
        ".qcow2" => DiskFormat.Qcow2,
        ".vhd" => DiskFormat.Vhd,
        ".vhdx" => DiskFormat.Vhdx,
        ".vmdk" => DiskFormat.Vmdk,
        ".vdi" => DiskFormat.Vdi,
        _ => null,
    };

    /// <summary>What stands in the way of storing a disk of this length so; null where nothing does.</summary>
    public string? Obstacle(long length)
    {
        if (!Formats.Contains(Format)) return $"{Format.Name()} is read here, and not written";
        if (IsCompressed && Format is not (DiskFormat.Qcow2 or DiskFormat.Vmdk)) return $"{Format.Name()} is never compressed; QCOW2 and VMDK are";
        if (IsFixed && Format is not DiskFormat.Vhd) return $"{Format.Name()} has no fixed kind; VHD has";
        var most = Format switch
        {
            DiskFormat.Vhd => VhdIdentity.Most,
            DiskFormat.Vmdk => StreamVmdkWriter.Most,
            DiskFormat.Vhdx => 64L << 40,
            DiskFormat.Qcow2 => 1L << 50,
            _ => long.MaxValue,
        };
        return length > most ? $"a {Format.Name()} holds {most >> 30} GiB at most, and the disk has {length} bytes" : null;
    }

    /// <summary>What the service would not take of a file that holds a disk of this length, in a sentence; null where there is nothing.</summary>
    /// <remarks>Source: ImportImage, InvalidVHDImage.IncorrectSize: the disk of a dynamic VHD is as long as its table of blocks says.</remarks>
    public string? Caution(long length) => Format is DiskFormat.Vhd && !IsFixed && length % DynamicVhdWriter.Block != 0
        ? $"The disk of {length} bytes is no multiple of the 2 MiB of a dynamic VHD's blocks; the service imports it as a fixed VHD (-Fixed) or a QCOW2 only." : null;

    /// <summary>What writes a disk of this length, to which zeros are added up to a whole sector.</summary>
    /// <param name="sink">Takes the file.</param>
    /// <param name="length">Of the disk, in bytes.</param>
    /// <param name="name">The file's, where the format notes it.</param>
    /// <exception cref="ArgumentException">There is an <see cref="Obstacle"/>.</exception>
    public IDiskWriter Open(IByteSink sink, long length, string name)
    {
        if (Obstacle(length) is { } obstacle) throw new ArgumentException(obstacle);
        length = checked((length + Sector - 1) / Sector * Sector);
        var identity = new VhdIdentity(Guid.NewGuid(), DateTimeOffset.UtcNow);
        return Format switch
        {
            DiskFormat.Raw => new RawWriter(sink, length),
            DiskFormat.Qcow2 => new Qcow2Writer(sink, length, IsCompressed ? CompressionLevel.Optimal : null),
            DiskFormat.Vhd when IsFixed => new FixedVhdWriter(sink, length, identity),
            DiskFormat.Vhd => new DynamicVhdWriter(sink, length, identity),
            DiskFormat.Vhdx => new VhdxWriter(sink, length, identity.Id),
            _ => new StreamVmdkWriter(sink, length, (uint)Random.Shared.Next(1, int.MaxValue), name, CompressionLevel.Optimal),
        };
    }
}
