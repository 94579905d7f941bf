using System.Globalization;
using EcsImages.Core.Contract;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building;

/// <summary>The import that a pipeline starts with where its base is a file in OSS. Whether the file is there shows when it runs.</summary>
internal static class PipelineImport
{
    private const string Options = "ImportImageOptions";
    private const int MostDisks = 17, MostOfBucket = 63, MostOfObject = 1023;

    // Member, and what its code ends with.
    private static readonly (string Member, string Code)[] Choices =
    [
        ("Architecture", "Architecture"), ("BootMode", "BootMode"), ("OSType", "OSType"), ("LicenseType", "LicenseType"), ("Platform", "Platform"),
        ("Features.NvmeSupport", "FeaturesNvmeSupport"),
    ];

    public static void Check(Call call)
    {
        if (!call.All.Any(static p => p.Key.StartsWith(Options + ".", StringComparison.Ordinal) && p.Value.Length > 0)) throw Error.Of("MissingParameter.ImportImageOptions");
        var fields = call.Operation.Request.Single(static f => f.Name == Options).Fields;
        foreach (var (member, code) in Choices)
            Choice.Of(call, $"{Options}.{member}", $"InvalidParameter.ImportImageOptions{code}", [.. Known(fields, member.Split('.'))]);
        var disks = call.Struct(Options).Structs("DiskDeviceMappings");
        if (disks.Count == 0) throw Error.Of("MissingParameter.ImageOptionsDiskDeviceMappings");
        if (disks.Count > MostDisks) throw Error.Of("InvalidImportImageOptionsDiskDeviceMappings.LengthLimitExceeded", disks.Count, MostDisks);
        foreach (var disk in disks) CheckDisk(disk, Known(fields, ["DiskDeviceMappings", "Format"]));
    }

    /// <summary>What the call says of the system that it is to import.</summary>
    public static Image Described(Parameters pipeline)
    {
        var options = pipeline.Struct(Options);
        var os = options.Text("OSType") ?? "linux";
        return new Image { Id = "", Name = "", Owner = "", OsType = os, Platform = options.Text("Platform") ?? (os == "windows" ? "Other Windows" : "Others Linux") };
    }

    /// <summary>Adds the defaults that follow from other choices.</summary>
    public static void Complete(Dictionary<string, string> kept)
    {
        // The older way to say it.
        if (kept.GetValueOrDefault($"{Options}.RetainImportedImage") is { } retained && bool.Parse(retained)) kept.TryAdd($"{Options}.RetentionStrategy", "RetainAlways");
        kept.TryAdd($"{Options}.Platform", kept.GetValueOrDefault($"{Options}.OSType") == "windows" ? "Other Windows" : "Others Linux");
        // There is no ARM machine that boots by BIOS.
        if (kept.GetValueOrDefault($"{Options}.Architecture") == "arm64") kept[$"{Options}.BootMode"] = "UEFI";
    }

    private static void CheckDisk(Parameters disk, IReadOnlyList<string> formats)
    {
        const string Invalid = "InvalidParameter.ImportImageOptionsDiskDeviceMappings", Missing = "MissingParameter.ImportImageOptionsDiskDeviceMappings";
        var bucket = disk.Text("OSSBucket") ?? throw Error.Of($"{Missing}OSSBucket", disk.NameOf("OSSBucket"));
        var name = disk.Text("OSSObject") ?? throw Error.Of($"{Missing}OSSObject", disk.NameOf("OSSObject"));
        if (bucket.Length > MostOfBucket) throw Error.Of($"{Invalid}OSSBucket", disk.NameOf("OSSBucket"), MostOfBucket);
        if (name.Length > MostOfObject) throw Error.Of($"{Invalid}OSSObject", disk.NameOf("OSSObject"), MostOfObject);
        if (disk.Text("Format") is { } format && !formats.Contains(format)) throw Error.Of($"{Invalid}Format", disk.NameOf("Format"), format, string.Join(", ", formats));
        if (disk.Int("DiskImageSize") is { } size and (< 1 or > 2048))
            throw Error.Of("InvalidOperation.DiskImageSizeExceeded", disk.NameOf("DiskImageSize"), size.ToString(CultureInfo.InvariantCulture));
    }

    private static IReadOnlyList<string> Known(IReadOnlyList<ApiField> fields, ReadOnlySpan<string> path)
    {
        var head = path[0];
        var field = fields.Single(f => f.Name == head);
        return path.Length == 1 ? field.KnownValues : Known(field.Fields, path[1..]);
    }
}
