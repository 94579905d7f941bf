using System.Buffers.Binary;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Qcow2;
using EcsImages.Core.Disks.Vhd;
using EcsImages.Core.Disks.Vmdk;

namespace EcsImages.Local.Ecs.Exports;

/// <summary>A format that an image can be exported in.</summary>
/// <param name="Name">As the API has it.</param>
/// <param name="Suffix">How the name of an object of it ends.</param>
internal sealed record ExportFormat(string Name, string Suffix)
{
    public const string Raw = "raw";

    private static readonly ExportFormat[] All = [new(Raw, ".raw.tar.gz"), new("vhd", ".vhd"), new("qcow2", ".qcow2"), new("vmdk", ".vmdk"), new("vdi", ".vdi")];

    /// <summary>Where another format than raw can be had; source: rules.md 64.</summary>
    private static readonly string[] Regions =
    [
        "ap-northeast-1", "ap-southeast-5", "eu-central-1", "me-east-1", "us-east-1", "eu-west-1", "ap-southeast-1", "ap-southeast-3", "us-west-1",
    ];

    public static ExportFormat Find(string name) => All.Single(f => f.Name == name);

    public static bool Allows(string region, string format) => format == Raw || Regions.Contains(region);

    /// <summary>How long a file of a disk can become at most, in bytes.</summary>
    public static long MostOf(long disk) => disk + disk / 50 + (64L << 20);

    /// <summary>Writes a disk in the format. The same task writes the same bytes, however often it begins.</summary>
    public IDiskWriter Writer(IByteSink sink, long length, string fileName, string task)
    {
        var seed = SHA256.HashData(Encoding.UTF8.GetBytes($"{task}/{fileName}"));
        return Name switch
        {
            "vhd" => new DynamicVhdWriter(sink, length, new VhdIdentity(new Guid(seed.AsSpan(0, 16)), DateTimeOffset.UnixEpoch.AddYears(50))),
            "qcow2" => new Qcow2Writer(sink, length, compression: null),
            "vmdk" => new StreamVmdkWriter(sink, length, BinaryPrimitives.ReadUInt32LittleEndian(seed), fileName, CompressionLevel.Fastest),
            "vdi" => new VdiWriter(sink, length, new Guid(seed.AsSpan(0, 16))),
            _ => new TarGzWriter(sink, length, fileName[..^".tar.gz".Length]),
        };
    }
}
