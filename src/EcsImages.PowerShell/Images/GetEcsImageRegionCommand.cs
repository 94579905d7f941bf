using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Tells for each region whether an image is there, or its equivalent, and under which id: the same family of a public image, the same product of a Marketplace image, copies of one's own.</summary>
/// <example>
/// <code>Get-EcsImageRegion aliyun_3_x64_20G_alibase_20260513.vhd</code>
/// <para>Tells for every region whether it has this public image, or the newest of the same family.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Get-EcsImageRegion -RegionId cn-beijing, cn-shanghai, cn-hangzhou</code>
/// <para>Tells whether one's own image, or a copy of it, is in three regions.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Get-EcsImageRegion | Where-Object Available | Get-EcsImage</code>
/// <para>Gets the image and its copies from wherever they are.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Get-EcsImageRegion | Where-Object Match -eq None | ForEach-Object RegionId</code>
/// <para>Lists the regions that the image is missing from.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageRegion")]
[OutputType(typeof(EcsImageRegion)), Calls("ecs:DescribeImages", "ecs:DescribeImageFromFamily", "ecs:DescribeRegions")]
public sealed class GetEcsImageRegionCommand : EcsApiCmdlet
{
    private const int RegionsAtOnce = 32;

    private readonly Dictionary<string, IReadOnlyList<string>> _everywhere = new(StringComparer.Ordinal);
    private bool _isImageNamed;
    private string[]? _named;

    /// <summary>The images to look for, wherever they live.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The regions to look in; without it, all. The region of a piped image is only where that image is read.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string[]? RegionId { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing() => (_isImageNamed, _named) = (ImageId.Length > 0, RegionId);

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var images = new ImageQueries(AccessOf(context));
        // A region that came with a piped image is the image's own; one that was piped to a named image is to be looked in.
        var lookIn = _named ?? (_isImageNamed ? RegionId : null);
        var (asked, _) = Find(images, id, (lookIn ?? RegionId ?? []).Append(context.RegionId));
        if (asked is null)
        {
            (asked, var failed) = Find(images, id, Everywhere());
            if (asked is null && failed.Count == 0) throw NotFound(id);
            if (asked is null)
            {
                foreach (var part in failed) Report(part.Error!, part.RegionId);
                return;
            }
        }
        Read<EcsImageRegion>(lookIn is null ? Everywhere() : [.. lookIn.Distinct(StringComparer.Ordinal)],
            (region, stop) => new ImagePlaces(images).LookAsync(asked, region, stop), WriteObject, e => Report(e.Error!, e.RegionId));

        IReadOnlyList<string> Everywhere()
        {
            if (!_everywhere.TryGetValue(context.AccountId, out var regions))
                _everywhere[context.AccountId] = regions = Await(async stop => (IReadOnlyList<string>)
                    [.. (await new MachineQueries(AccessOf(context)).RegionsAsync(context.RegionId, stop).ConfigureAwait(false)).Select(static r => r.RegionId)]);
            return regions;
        }
    });

    // Where a region cannot be asked, another may have the image.
    private (EcsImage? Found, IReadOnlyList<RegionPart<EcsImage>> Failed) Find(ImageQueries images, string id, IEnumerable<string> regions)
    {
        EcsImage? found = null;
        var failed = new List<RegionPart<EcsImage>>();
        Read<EcsImage>([.. regions.Distinct(StringComparer.Ordinal)], (region, stop) => Once(images.FindAsync([id], region, stop)), image => found ??= image, failed.Add);
        return (found, failed);
    }

    private void Read<T>(IReadOnlyList<string> regions, Func<string, CancellationToken, IAsyncEnumerable<IReadOnlyList<T>>> open, Action<T> take, Action<RegionPart<T>> fail) =>
        Stream(stop => RegionFanOut.ReadAsync(regions, open, RegionsAtOnce, static e => e is AcsException, stop), part =>
        {
            if (part.Error is not null) fail(part);
            foreach (var item in part.Items) take(item);
        });

    private static async IAsyncEnumerable<IReadOnlyList<T>> Once<T>(Task<IReadOnlyList<T>> read)
    {
        yield return await read.ConfigureAwait(false);
    }

    private static EcsNotFoundException NotFound(string id)
    {
        var successor = id.StartsWith("m-", StringComparison.Ordinal) ? "" : $" For an old public image, Find-EcsImage -ReplacementFor {id} names its successor.";
        return new("InvalidImageId.NotFound", $"There is no image '{id}' in any region that this account can see.{successor}");
    }
}
