using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Images and instance types of one region, each read once; what is not there is an error, once.</summary>
internal sealed class CompatibilityReading(EcsApiCmdlet cmdlet, EcsAccess access, string regionId)
{
    private const int IdsInOneCall = 100;

    private readonly InstanceTypeCatalog _types = new(access, regionId);
    private readonly Dictionary<string, EcsImage> _images = new(StringComparer.Ordinal);
    private readonly HashSet<string> _reported = new(StringComparer.OrdinalIgnoreCase);

    public string RegionId => regionId;

    public CompatibilityOnline Online { get; } = new(access);

    public IReadOnlyList<EcsInstanceType> AllTypes() => cmdlet.Await(_types.AllAsync);

    /// <summary>The types of these names and patterns, in their order.</summary>
    public IReadOnlyList<EcsInstanceType> Types(IReadOnlyList<string> wanted)
    {
        var exact = new List<string>();
        foreach (var name in wanted.Where(static n => !WildcardPattern.ContainsWildcardCharacters(n)))
            cmdlet.ForItem(name, () => exact.Add(Ids.Check(name, "InstanceType")));
        // Where there are patterns all types are needed, which then have the names too.
        if (exact.Count < wanted.Count && wanted.Any(WildcardPattern.ContainsWildcardCharacters)) AllTypes();
        var found = new Queue<EcsInstanceType?>(cmdlet.Await(stop => _types.FindAsync(exact, stop)));
        var types = new List<EcsInstanceType>();
        foreach (var name in wanted)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                var pattern = NameMatch.Pattern(name);
                types.AddRange(AllTypes().Where(t => pattern.IsMatch(t.InstanceType)));
            }
            else if (!exact.Contains(name)) continue;
            else if (found.Dequeue() is { } type) types.Add(type);
            else if (_reported.Add(name)) cmdlet.Report(InstanceTypeCatalog.NotFound(name, regionId), name);
        }
        return [.. types.DistinctBy(static t => t.InstanceType)];
    }

    /// <summary>The images of these ids, in their order.</summary>
    public IReadOnlyList<EcsImage> Images(IEnumerable<string> wanted)
    {
        var ids = new List<string>();
        foreach (var id in wanted) cmdlet.ForItem(id, () => ids.Add(Ids.Check(id, "ImageId")));
        foreach (var some in ids.Where(id => !_images.ContainsKey(id) && !_reported.Contains(id)).Distinct(StringComparer.Ordinal).Chunk(IdsInOneCall))
            foreach (var image in cmdlet.Await(stop => new ImageQueries(access).FindAsync(some, regionId, stop)))
                _images[image.ImageId] = image;
        foreach (var id in ids.Where(id => !_images.ContainsKey(id) && _reported.Add(id))) cmdlet.Report(ImageQueries.NotFound(id, regionId), id);
        return [.. ids.Distinct(StringComparer.Ordinal).Select(id => _images.GetValueOrDefault(id)).OfType<EcsImage>()];
    }
}
