using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vhdx;
using EcsImages.Core.Disks.Vmdk;
using EcsImages.Core.Files;

namespace EcsImages.Benchmarks.Convert;

/// <summary>One conversion, in a process of its own: its start and its memory count as qemu-img's do.</summary>
internal static class ConvertRun
{
    /// <summary>The second one prints the most memory that the conversion took, in bytes.</summary>
    public const string Verb = "run-convert", MeasuredVerb = "run-convert-measured";

    public static async Task<int> RunAsync(string verb, string from, string to, string kind)
    {
        await using (var disk = await new DiskOpening { Sibling = (_, n) => FileSource.Open(Path.Combine(Path.GetDirectoryName(from)!, n)) }.OpenAsync(FileSource.Open(from), CancellationToken.None))
        await using (var sink = FileSink.Create(to))
            await DiskCopy.RunAsync(disk, Writer(kind, sink, disk.Length), null, CancellationToken.None);
        if (verb == MeasuredVerb) TellPeak();
        return 0;
    }

    private static void TellPeak()
    {
        using var self = Process.GetCurrentProcess();
        Console.WriteLine(self.PeakWorkingSet64.ToString(CultureInfo.InvariantCulture));
    }

    // Level 6 is what qemu-img packs with.
    private static IDiskWriter Writer(string kind, IByteSink sink, long size) => kind switch
    {
        "raw" => new RawWriter(sink, size),
        "qcow2" => new Qcow2Writer(sink, size, null),
        "qcow2-packed" => new Qcow2Writer(sink, size, CompressionLevel.Optimal),
        "vhd-fixed" => new FixedVhdWriter(sink, size, new VhdIdentity(Guid.NewGuid(), DateTimeOffset.UnixEpoch)),
        "vhd" => new DynamicVhdWriter(sink, size, new VhdIdentity(Guid.NewGuid(), DateTimeOffset.UnixEpoch)),
        "vhdx" => new VhdxWriter(sink, size, Guid.NewGuid()),
        "vmdk-stream" => new StreamVmdkWriter(sink, size, 0x1234abcd, "disk.vmdk", CompressionLevel.Optimal),
        _ => throw new ArgumentException($"There is no format {kind}."),
    };
}
