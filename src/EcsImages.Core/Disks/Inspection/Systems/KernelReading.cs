using System.Globalization;
using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>The kernels of a Linux: by the files in /boot, and the folders of their modules.</summary>
internal static class KernelReading
{
    private const int MostKernels = 10;
    private const string Prefix = "vmlinuz-", Modules = "/lib/modules";

    /// <param name="tree">The system, or its boot volume alone.</param>
    /// <param name="bootFolder">/boot, or nothing where the tree is the boot volume.</param>
    /// <param name="stop">Ends the work.</param>
    public static async ValueTask<IReadOnlyList<InspectedKernel>> ReadAsync(FileTree tree, string bootFolder, CancellationToken stop)
    {
        var boot = await tree.NamesAsync(bootFolder + "/", stop).ConfigureAwait(false);
        var modules = await tree.NamesAsync(Modules, stop).ConfigureAwait(false);
        var versions = boot.Where(IsKernel).Select(static n => n[Prefix.Length..]).Union(modules, StringComparer.Ordinal).OrderByDescending(static v => v, VersionOrder.Instance);
        var kernels = new List<InspectedKernel>();
        foreach (var version in versions.Take(MostKernels))
            if (await KernelAsync(tree, bootFolder, boot, version, stop).ConfigureAwait(false) is { } kernel) kernels.Add(kernel);
        return kernels;
    }

    /// <summary>Whether a name in /boot is that of a kernel that is booted; those for rescue have no modules of their own.</summary>
    public static bool IsKernel(string name) => name.StartsWith(Prefix, StringComparison.Ordinal) && !name.Contains("-rescue-", StringComparison.Ordinal);

    private static async ValueTask<InspectedKernel?> KernelAsync(FileTree tree, string bootFolder, IReadOnlyList<string> boot, string version, CancellationToken stop)
    {
        var path = boot.Contains(Prefix + version) ? $"{bootFolder}/{Prefix}{version}" : $"{Modules}/{version}/vmlinuz";
        var head = await tree.ReadAsync(path, Architectures.HeadSize, stop).ConfigureAwait(false);
        // A folder that an uninstalled kernel left behind.
        if (head is null && await tree.HasAsync($"{Modules}/{version}/modules.dep", stop).ConfigureAwait(false) == false) return null;
        var lists = await ModuleLists.ReadAsync(tree, bootFolder, version, stop).ConfigureAwait(false);
        return new InspectedKernel
        {
            Version = version,
            Path = head is null ? null : path,
            Architecture = head is null ? null : Architectures.OfKernel(head),
            VirtioBlk = lists.Of("virtio_blk", "VIRTIO_BLK"),
            VirtioNet = lists.Of("virtio_net", "VIRTIO_NET"),
            VirtioScsi = lists.Of("virtio_scsi", "SCSI_VIRTIO"),
            Nvme = lists.Of("nvme", "BLK_DEV_NVME"),
            HasInitramfs = head is null || boot.Count == 0 ? null : Initramfs(version).Any(boot.Contains),
        };
    }

    // Debian and Ubuntu; Red Hat and its kin; SUSE; Alpine and others.
    private static string[] Initramfs(string version) =>
        [$"initrd.img-{version}", $"initramfs-{version}.img", $"initrd-{version}", $"initrd-{version}.img", $"initramfs-{version}"];

    /// <summary>Numbers by their value, so that 5.10 follows 5.9.</summary>
    private sealed class VersionOrder : IComparer<string>
    {
        private const int MostDigits = 18;
        public static readonly VersionOrder Instance = new();

        public int Compare(string? x, string? y)
        {
            ReadOnlySpan<char> a = x, b = y;
            while (!a.IsEmpty && !b.IsEmpty)
            {
                var (digitsA, digitsB) = (Digits(a), Digits(b));
                var order = digitsA > 0 && digitsB > 0 ? long.Parse(a[..digitsA], CultureInfo.InvariantCulture).CompareTo(long.Parse(b[..digitsB], CultureInfo.InvariantCulture)) : a[0].CompareTo(b[0]);
                if (order != 0) return order;
                a = a[Math.Max(1, digitsA)..];
                b = b[Math.Max(1, digitsB)..];
            }
            return a.Length.CompareTo(b.Length);
        }

        private static int Digits(ReadOnlySpan<char> text)
        {
            var count = 0;
            while (count < Math.Min(text.Length, MostDigits) && char.IsAsciiDigit(text[count])) count++;
            return count;
        }
    }
}
