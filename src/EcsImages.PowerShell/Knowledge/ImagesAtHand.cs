using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>The images that a cmdlet is asked about: those piped in as they are, without any call, and those named by id, 100 a call.</summary>
internal static class ImagesAtHand
{
    public static void ForEachImage(this EcsRegionCmdlet cmdlet, EcsImage[] images, string[] given, string parameter, Action<EcsImage> work)
    {
        foreach (var image in images) cmdlet.ForItem(image.ImageId, () => work(image));
        var ids = new List<string>();
        foreach (var id in given) cmdlet.ForItem(id, () => ids.Add(Ids.Check(id, parameter)));
        foreach (var some in ids.Chunk(ImageQueries.MaxIds))
            cmdlet.ForItem(some.Length == 1 ? some[0] : some, () => Find(cmdlet, some, work));
    }

    // In the order asked for; one output or one error for each.
    private static void Find(EcsRegionCmdlet cmdlet, string[] ids, Action<EcsImage> work)
    {
        var context = cmdlet.ResolveContext();
        var region = cmdlet.RegionId ?? context.RegionId;
        var distinct = ids.Distinct(StringComparer.Ordinal).ToArray();
        var found = cmdlet.Await(stop => new ImageQueries(cmdlet.AccessOf(context)).FindAsync(distinct, region, stop));
        var byId = found.ToDictionary(static i => i.ImageId, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (byId.TryGetValue(id, out var image)) work(image);
            else cmdlet.Report(ImageQueries.NotFound(id, region), id);
        }
    }
}
