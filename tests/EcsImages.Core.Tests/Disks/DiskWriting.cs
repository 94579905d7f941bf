using System.IO.Compression;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;
using EcsImages.Core.Files;

namespace EcsImages.Core.Tests.Disks;

/// <summary>What we write, by QEMU's name for it and a word for its kind.</summary>
internal static class DiskWriting
{
    public static IReadOnlyList<string> Kinds { get; } = ["raw", "qcow2", "qcow2 packed", "vpc fixed", "vpc", "vhdx", "vmdk"];

    public static async Task CopyAsync(IDisk from, string kind, string file, long size)
    {
        await using var sink = FileSink.Create(file);
        await DiskCopy.RunAsync(from, Writer(kind, sink, size), null, CancellationToken.None);
    }

    public static IDiskWriter Writer(string kind, IByteSink sink, long size) => kind switch
    {
        "raw" => new RawWriter(sink, size),
        "qcow2" => new Qcow2Writer(sink, size, null),
        "qcow2 packed" => new Qcow2Writer(sink, size, CompressionLevel.Fastest),
        "vpc fixed" => new FixedVhdWriter(sink, size, new VhdIdentity(Guid.NewGuid(), DateTimeOffset.UnixEpoch)),
        "vpc" => new DynamicVhdWriter(sink, size, new VhdIdentity(Guid.NewGuid(), DateTimeOffset.UnixEpoch)),
        "vhdx" => new VhdxWriter(sink, size, Guid.NewGuid()),
        "vmdk" => new StreamVmdkWriter(sink, size, 0x1234abcd, "disk.vmdk", CompressionLevel.Fastest),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>Whether QEMU finds a file sound, and the same disk as a raw one.</summary>
    public static void Judge(string raw, string kind, string file)
    {
        var format = kind.Split(' ')[0];
        if (format is "qcow2" or "vhdx" or "vmdk") QemuImg.Run("check", "-f", format, file);
        QemuImg.Run("compare", "-f", "raw", "-F", format, raw, file);
    }
}
