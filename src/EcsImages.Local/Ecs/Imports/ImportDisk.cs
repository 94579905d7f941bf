using EcsImages.Local.Dispatch;
using EcsImages.Local.Oss;

namespace EcsImages.Local.Ecs.Imports;

/// <summary>One disk as a call of ImportImage asks for it; the first is the system disk.</summary>
/// <param name="Name">The bucket's or object's wire name is this with a dot and the member; for messages.</param>
/// <param name="Bucket">Of OSS.</param>
/// <param name="Object">The key in it.</param>
/// <param name="Key">The key as the store has it.</param>
/// <param name="Format">Null where it is to be found out.</param>
/// <param name="SizeGiB">Null where it follows from the object.</param>
/// <param name="IsSystem">Whether it is the first.</param>
internal sealed record ImportDisk(string Name, string Bucket, string Object, byte[] Key, string? Format, int? SizeGiB, bool IsSystem)
{
    public const int MostGiB = 2048;

    // The system disk and 16 data disks.
    private const int Most = 17;

    private const string Mapping = "DiskDeviceMapping", First = Mapping + ".1";

    // Archives, and what a CD is burnt from.
    private static readonly string[] UnsupportedSuffixes = [".iso", ".gz", ".tgz", ".zip", ".xz", ".bz2", ".7z", ".rar", ".tar", ".ova", ".ovf"];

    /// <summary>The disks as they are asked for; the service ignores those beyond the 17th. Source: rules.md 54.</summary>
    public static IReadOnlyList<Parameters> Asked(Call call) => [.. call.Structs(Mapping).Take(Most)];

    public static IReadOnlyList<ImportDisk> ReadAll(Call call)
    {
        var mappings = Asked(call);
        if (mappings.Count == 0) throw Error.Of("MissingParameter.DiskDeviceMapping");
        if (mappings[0].NameOf("") != First + ".") throw Error.Missing(First + ".OSSBucket");
        var formats = call.Operation.Request.Single(static f => f.Name == Mapping).Fields.Single(static f => f.Name == "Format").KnownValues;
        return [.. mappings.Select((m, i) => Read(m, formats, isSystem: i == 0))];
    }

    /// <exception cref="EndpointError">The size is none that a disk can have.</exception>
    public int CheckSize(long gib) => gib is >= 1 and <= MostGiB ? (int)gib
        : throw Error.Of(SizeCode, $"{Name}.DiskImageSize", $"{gib} GiB is not from 1 to {MostGiB}");

    public string SizeCode => IsSystem ? "InvalidImageSize" : "InvalidDataDiskSize";

    private static ImportDisk Read(Parameters mapping, IReadOnlyList<string> formats, bool isSystem)
    {
        var bucket = mapping.Text("OSSBucket") ?? throw Error.Missing(mapping.NameOf("OSSBucket"));
        var name = mapping.Text("OSSObject") ?? throw Error.Missing(mapping.NameOf("OSSObject"));
        // The service takes lower case too; packer sends it so.
        var format = mapping.Text("Format")?.ToUpperInvariant();
        if (format is not null && !formats.Contains(format)) throw Error.Of("InvalidImageFormat.Malformed", mapping.Text("Format"), string.Join(", ", formats));
        var disk = new ImportDisk(mapping.NameOf("").TrimEnd('.'), bucket, name, CheckNames(mapping, bucket, name), format, ReadSize(mapping), isSystem);
        if (UnsupportedSuffixes.FirstOrDefault(s => name.EndsWith(s, StringComparison.OrdinalIgnoreCase)) is { } suffix)
            throw Error.Of("UnsupportedSuffix.OSSObject", name, suffix);
        if (disk.SizeGiB is { } size) disk.CheckSize(size);
        return disk;
    }

    private static int? ReadSize(Parameters mapping)
    {
        var (size, old) = (mapping.Int("DiskImageSize"), mapping.Int("DiskImSize"));
        return size is null || old is null || size == old ? size ?? old
            : throw Error.Invalid(mapping.NameOf("DiskImSize"), $"it is the older name of DiskImageSize, and the two differ: {old} and {size}.");
    }

    private static byte[] CheckNames(Parameters mapping, string bucket, string name)
    {
        try
        {
            OssNames.CheckBucket(bucket);
        }
        catch (OssError)
        {
            throw Error.Of("InvalidOSSBucket.Malformed", mapping.NameOf("OSSBucket"), bucket);
        }
        try
        {
            return OssNames.CheckKey(name);
        }
        catch (OssError)
        {
            throw Error.Of("InvalidOSSObject.Malformed", mapping.NameOf("OSSObject"), name);
        }
    }
}
