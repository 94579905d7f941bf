namespace EcsImages.Benchmarks.Convert;

/// <summary>A format as both sides name it.</summary>
/// <param name="Name">Ours.</param>
/// <param name="Qemu">The words of qemu-img convert that make it.</param>
/// <param name="IsWritten">Whether we write it.</param>
internal sealed record DiskKind(string Name, string[] Qemu, bool IsWritten)
{
    /// <summary>Whether its blocks are packed.</summary>
    public bool IsPacked => Name is "qcow2-packed" or "vmdk-stream";

    public static IReadOnlyList<DiskKind> All { get; } =
    [
        new("raw", ["-O", "raw"], true),
        new("qcow2", ["-O", "qcow2"], true),
        new("qcow2-packed", ["-O", "qcow2", "-c"], true),
        new("vhd-fixed", ["-O", "vpc", "-o", "subformat=fixed,force_size=on"], true),
        new("vhd", ["-O", "vpc", "-o", "force_size=on"], true),
        new("vhdx", ["-O", "vhdx"], true),
        new("vmdk-stream", ["-O", "vmdk", "-o", "subformat=streamOptimized"], true),
        new("vmdk", ["-O", "vmdk"], false),
        new("vdi", ["-O", "vdi"], false),
    ];
}
