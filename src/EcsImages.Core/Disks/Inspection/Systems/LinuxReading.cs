using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>What the files of a Linux tell.</summary>
internal sealed record LinuxReading
{
    private const int MostFstabBytes = 256 * 1024;
    private static readonly string[] Programs = ["/usr/lib/systemd/systemd", "/lib/systemd/systemd", "/sbin/init", "/bin/sh", "/bin/busybox"];
    private static readonly string[] CloudInit = ["/usr/bin/cloud-init", "/usr/local/bin/cloud-init", "/etc/cloud/cloud.cfg"];

    public OSRelease? Release { get; init; }

    /// <summary>Of its programs.</summary>
    public string? Architecture { get; init; }

    public IReadOnlyList<InspectedKernel> Kernels { get; init; } = [];

    public bool? HasCloudInit { get; init; }

    public IReadOnlyList<FstabEntry> Fstab { get; init; } = [];

    public static async ValueTask<IReadOnlyList<FstabEntry>> FstabAsync(FileTree tree, CancellationToken stop) =>
        await tree.ReadTextAsync("/etc/fstab", MostFstabBytes, stop).ConfigureAwait(false) is { } text ? FstabEntry.Parse(text) : [];

    /// <param name="tree">The system, with what it mounts.</param>
    /// <param name="fstab">Which was read to know what it mounts.</param>
    /// <param name="stop">Ends the work.</param>
    public static async ValueTask<LinuxReading> ReadAsync(FileTree tree, IReadOnlyList<FstabEntry> fstab, CancellationToken stop) => new()
    {
        Release = await OSRelease.ReadAsync(tree, stop).ConfigureAwait(false),
        Architecture = await ArchitectureAsync(tree, stop).ConfigureAwait(false),
        Kernels = await KernelReading.ReadAsync(tree, "/boot", stop).ConfigureAwait(false),
        HasCloudInit = await HasAnyAsync(tree, CloudInit, stop).ConfigureAwait(false),
        Fstab = fstab,
    };

    private static async ValueTask<string?> ArchitectureAsync(FileTree tree, CancellationToken stop)
    {
        foreach (var program in Programs)
            if (await tree.ReadAsync(program, Architectures.HeadSize, stop).ConfigureAwait(false) is { } head && Architectures.OfElf(head) is { } architecture) return architecture;
        return null;
    }

    private static async ValueTask<bool?> HasAnyAsync(FileTree tree, string[] paths, CancellationToken stop)
    {
        bool? has = false;
        foreach (var path in paths)
        {
            var found = await tree.HasAsync(path, stop).ConfigureAwait(false);
            if (found == true) return true;
            has = found is null ? null : has;
        }
        return has;
    }
}
