using EcsImages.Core.Disks;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Where the files of an export go on this machine: the system disk's, and beside it those of data disks.</summary>
/// <param name="Path">Of the system disk's file, in full.</param>
/// <param name="Format">What they are converted to; null where they stay as they come.</param>
internal sealed record ExportPlace(string Path, DiskFormat? Format)
{
    // What the service makes of a raw disk.
    private const string Packed = ".tar.gz";

    /// <summary>The file that a path stands for; in a folder, it gets the image's name.</summary>
    /// <returns>Null where the extension stands for nothing that is written here.</returns>
    public static ExportPlace? Of(string path, string imageName, string? format)
    {
        if (Directory.Exists(path) || path.EndsWith(System.IO.Path.DirectorySeparatorChar))
            path = System.IO.Path.Combine(path, $"{string.Concat(imageName.Select(static c => System.IO.Path.GetInvalidFileNameChars().Contains(c) ? '_' : c))}.{format ?? "raw"}");
        if (path.EndsWith(Packed, StringComparison.OrdinalIgnoreCase)) return format is null or "raw" ? new ExportPlace(path, null) : null;
        if (DiskTarget.FormatOf(path) is not { } target) return null;
        if (DiskTarget.Formats.Contains(target)) return new ExportPlace(path, target);
        // Such as a VDI, which the service writes and this module does not.
        return string.Equals(format, target.Name(), StringComparison.OrdinalIgnoreCase) ? new ExportPlace(path, null) : null;
    }

    /// <summary>The file of one of the objects.</summary>
    /// <param name="key">The object; its name says which disk it is of.</param>
    /// <param name="index">Its place among them; 0 is the system disk's.</param>
    public string PathOf(string key, int index)
    {
        if (index == 0) return Path;
        var folder = System.IO.Path.GetDirectoryName(Path) ?? "";
        var name = System.IO.Path.GetFileName(Path);
        var dot = name.EndsWith(Packed, StringComparison.OrdinalIgnoreCase) ? name.LastIndexOf('.', name.Length - Packed.Length - 1) is > 0 and var before ? before : name.Length - Packed.Length : name.LastIndexOf('.');
        return System.IO.Path.Combine(folder, $"{name[..dot]}-{DeviceOf(key) ?? $"data{index}"}{name[dot..]}");
    }

    // As in m-bp1_data_xvdb.raw.tar.gz.
    private static string? DeviceOf(string key) =>
        key[(key.LastIndexOf('/') + 1)..].Split('_', '.', '-').FirstOrDefault(static w => w.Length is 4 && (w.StartsWith("xvd", StringComparison.Ordinal) || w.StartsWith("vd", StringComparison.Ordinal)));
}
