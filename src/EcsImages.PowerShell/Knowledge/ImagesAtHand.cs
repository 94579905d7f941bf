using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>The images that a cmdlet is asked about: those at hand as they are, without any call, and those named by id, 100 a call.</summary>
internal static class ImagesAtHand
{
    /// <summary>One output or one error for each, in the order given.</summary>
    public static void ForEachImage(this EcsRegionCmdlet cmdlet, object[] given, string parameter, Action<EcsImage> work)
    {
        var ids = new List<string>();
        foreach (var item in given)
        {
            if (item is EcsImage image)
            {
                Flush(cmdlet, ids, work);
                cmdlet.ForItem(image.ImageId, () => work(image));
            }
            else
            {
                cmdlet.ForItem(item, () => ids.Add(Ids.Check((string)item, parameter)));
            }
        }
        Flush(cmdlet, ids, work);
    }

    private static void Flush(EcsRegionCmdlet cmdlet, List<string> ids, Action<EcsImage> work)
    {
        foreach (var some in ids.Chunk(ImageQueries.MaxIds))
            cmdlet.ForItem(some.Length == 1 ? some[0] : some, () => Find(cmdlet, some, work));
        ids.Clear();
    }

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
