using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace EcsImages.Core.Disks.Vmdk;

/// <summary>One extent of a disk, as its descriptor names it.</summary>
/// <param name="Length">In bytes.</param>
/// <param name="Kind">FLAT, SPARSE, ZERO ...</param>
/// <param name="File">The file's name; null for ZERO.</param>
/// <param name="Offset">Where in the file a flat extent begins, in bytes.</param>
internal sealed record VmdkExtent(long Length, string Kind, string? File, long Offset);

/// <summary>The text that says of what files a VMDK consists. Source: VMware Virtual Disk Format 5.0.</summary>
/// <param name="CreateType">Such as monolithicSparse.</param>
/// <param name="Extents">In the order of the disk.</param>
internal sealed partial record VmdkDescriptor(string CreateType, IReadOnlyList<VmdkExtent> Extents)
{
    public const int Most = 64 * 1024;
    private const int MostExtents = 1024;

    public static bool IsIn(ReadOnlySpan<byte> head) => Encoding.Latin1.GetString(head[..Math.Min(256, head.Length)]).TrimStart().StartsWith("# Disk DescriptorFile", StringComparison.OrdinalIgnoreCase);

    /// <exception cref="DiskFormatException">It cannot be read, or names what cannot be.</exception>
    public static VmdkDescriptor Parse(ReadOnlySpan<byte> bytes, string name)
    {
        var text = Encoding.UTF8.GetString(bytes.IndexOf((byte)0) is >= 0 and var end ? bytes[..end] : bytes);
        string? type = null;
        var extents = new List<VmdkExtent>();
        foreach (var line in text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (ExtentLine().Match(line) is { Success: true } extent) extents.Add(Extent(extent, name));
            else if (line.StartsWith("parentCID", StringComparison.OrdinalIgnoreCase) && !line.Split('=')[^1].Trim().Equals("ffffffff", StringComparison.OrdinalIgnoreCase))
                throw new DiskFormatException(name, "it holds only what differs from a parent disk. Merge both first, with vmware-vdiskmanager -r or qemu-img convert");
            else if (line.StartsWith("createType", StringComparison.OrdinalIgnoreCase)) type = line.Split('=', 2)[^1].Trim().Trim('"');
            if (extents.Count > MostExtents) throw new DiskFormatException(name, $"its descriptor names more than {MostExtents} extents");
        }
        if (extents.Count == 0) throw new DiskFormatException(name, "its descriptor names no extent");
        return new VmdkDescriptor(type ?? "", extents);
    }

    private static VmdkExtent Extent(Match line, string name)
    {
        var (kind, file) = (line.Groups["kind"].Value.ToUpperInvariant(), line.Groups["file"]);
        if (kind is not ("FLAT" or "SPARSE" or "ZERO" or "VMFS"))
            throw new DiskFormatException(name, $"its extents are of the kind {kind}, which cannot be read here. Convert it with vmkfstools or qemu-img first");
        if (kind != "ZERO" && !file.Success) throw new DiskFormatException(name, $"its descriptor names no file for an extent of the kind {kind}");
        return new VmdkExtent(Sectors(line.Groups["length"].Value), kind, file.Success ? file.Value : null,
            line.Groups["offset"] is { Success: true, Value: var offset } ? Sectors(offset) : 0);

        long Sectors(string number) => long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 1L << 40
            ? count * 512 : throw new DiskFormatException(name, $"its descriptor names {number} sectors");
    }

    [GeneratedRegex("""^(?:RW|RDONLY|NOACCESS)\s+(?<length>\d+)\s+(?<kind>\w+)(?:\s+"(?<file>[^"]+)"(?:\s+(?<offset>\d+))?)?""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ExtentLine();
}
