using EcsImages.Core.Disks.Inspection.Volumes;

namespace EcsImages.Core.Disks.Inspection.Systems;

/// <summary>What an EFI system partition holds: loaders, by the folders of those who put them there.</summary>
internal sealed record EfiReading(IReadOnlyList<EfiLoader> Loaders, IReadOnlyList<string> Vendors)
{
    private const int MostFolders = 50, MostLoaders = 100;

    public static async ValueTask<EfiReading> ReadAsync(FileTree tree, CancellationToken stop)
    {
        var loaders = new List<EfiLoader>();
        var folders = (await tree.NamesAsync("/EFI", stop).ConfigureAwait(false)).Take(MostFolders).ToList();
        foreach (var folder in folders)
            await AddAsync(tree, IsMicrosoft(folder) ? $"EFI/{folder}/Boot" : $"EFI/{folder}", loaders, stop).ConfigureAwait(false);
        return new EfiReading(loaders, folders);
    }

    private static async ValueTask AddAsync(FileTree tree, string folder, List<EfiLoader> loaders, CancellationToken stop)
    {
        foreach (var name in await tree.NamesAsync("/" + folder, stop).ConfigureAwait(false))
        {
            if (!name.EndsWith(".efi", StringComparison.OrdinalIgnoreCase) || loaders.Count == MostLoaders) continue;
            var head = await tree.ReadAsync($"/{folder}/{name}", Architectures.HeadSize, stop).ConfigureAwait(false);
            loaders.Add(new EfiLoader($"{folder}/{name}", head is null ? null : Architectures.OfPe(head)));
        }
    }

    private static bool IsMicrosoft(string folder) => folder.Equals("Microsoft", StringComparison.OrdinalIgnoreCase);
}
