using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>Gets what depends on images, and what becomes of it when they are deleted: instances, launch templates with their versions, image pipelines, shares, snapshots and what else needs them, and copies in other regions. What cannot be read, as where a permission is missing, is said, never left out. With -LeftBehind: the snapshots that deleted images left behind.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Get-EcsImageUsage</code>
/// <para>Shows what depends on an image, and what becomes of it when the image is deleted.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -ImageType Custom | Get-EcsImageUsage | Where-Object BlocksDeletion</code>
/// <para>Shows what keeps one's own images from being deleted.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageUsage -LeftBehind -AllRegion</code>
/// <para>Finds the snapshots of deleted images in all regions, which nothing uses, and which are billed. Pipe it to Remove-EcsSnapshot to delete them.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageUsage", DefaultParameterSetName = OfImage)]
[OutputType(typeof(EcsImageDependency))]
[Calls("ecs:DescribeImages", "ecs:DescribeInstances", "ecs:DescribeLaunchTemplates", "ecs:DescribeLaunchTemplateVersions", "ecs:DescribeImagePipelines",
    "ecs:DescribeImageFromFamily", "ecs:DescribeImageSharePermission", "ecs:DescribeSnapshots", "ecs:DescribeDisks", "ecs:DescribeRegions")]
public sealed class GetEcsImageUsageCommand : EcsListCmdlet
{
    private const string OfImage = "Image";
    private const string Left = "LeftBehind";

    // The service takes at most 100 ids in one call.
    private const int IdsInOneCall = 100;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Dictionary<EcsContext, ImageUse> _uses = [];

    /// <summary>The images. With -LeftBehind: the deleted images whose snapshots are looked for; without it, all that left some.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = OfImage, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = Left, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>
    /// Finds snapshots that were made for images which are gone. Only those count that nothing uses, and whose name or description says that they
    /// were made for an image: no snapshot that a person took is among them.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = Left)]
    public SwitchParameter LeftBehind { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ImageId.Length == 1 ? ImageId[0] : null, () =>
    {
        var context = ResolveContext();
        var ids = new List<string>();
        foreach (var id in ImageId) ForItem(id, () => ids.Add(Ids.Check(id, nameof(ImageId))));
        if (LeftBehind) GetLeftBehind(context, ids);
        else GetUsage(context, ids);
    });

    private void GetUsage(EcsContext context, List<string> ids)
    {
        var images = new List<EcsImage>();
        var (regions, queries) = (RegionsOf(context), new ImageQueries(AccessOf(context)));
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(IdsInOneCall))
        {
            // Where a region could not be asked, an id that may be there is not called missing.
            if (!StreamRegions(regions, (region, stop) => Once(queries.FindAsync(some, region, stop)), (EcsImage found) => images.Add(found))) continue;
            foreach (var missing in some.Where(id => images.All(i => i.ImageId != id))) Report(ImageQueries.NotFound(missing, string.Join(", ", regions)), missing);
        }
        if (!_uses.TryGetValue(context, out var use)) _uses[context] = use = new ImageUse(AccessOf(context), TimeProvider.System, Patience);
        foreach (var image in images)
            ForItem(image.ImageId, () => WriteObject(Await(stop => use.OfAsync(image, stop)), enumerateCollection: true));
    }

    private void GetLeftBehind(EcsContext context, List<string> ids)
    {
        // Where none of several ids is one, all snapshots of all images are not what was asked for.
        if (ImageId.Length > 0 && ids.Count == 0) return;
        var left = new LeftSnapshots(AccessOf(context), TimeProvider.System);
        StreamRegions(RegionsOf(context), left.InAsync, (EcsImageDependency snapshot) =>
        {
            if (ids.Count == 0 || (snapshot.DependsOn is { } id && ids.Contains(id))) WriteObject(snapshot);
        });
    }

    private static async IAsyncEnumerable<IReadOnlyList<T>> Once<T>(Task<IReadOnlyList<T>> read)
    {
        yield return await read.ConfigureAwait(false);
    }
}
