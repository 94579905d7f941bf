using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Quotas;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Quotas;

/// <summary>Gets the quotas around images: how many there may be, how many there are, and what is left.</summary>
/// <remarks>
/// CustomImage is counted in each region. SharedAccountPerImage limits each image by itself: it shows what is used
/// where an image is named. The limit of 32-bit systems, less than 4 GiB of memory, is no quota and cannot be raised.
/// </remarks>
/// <example>
/// <code>Get-EcsImageQuota</code>
/// <para>Gets both quotas of the region at hand.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageQuota CustomImage -AllRegion | Where-Object Left -lt 200</code>
/// <para>Gets the regions that have room for fewer than 200 more images.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-08 | Get-EcsImageQuota</code>
/// <para>Gets with how many more accounts an image can be shared.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageQuota", DefaultParameterSetName = List)]
[OutputType(typeof(EcsImageQuota)), Calls("quotas:GetProductQuota", "ecs:DescribeRegions", "ecs:DescribeImageSharePermission")]
public sealed class GetEcsImageQuotaCommand : EcsListCmdlet
{
    private const string List = "List";
    private const string OfImage = "Image";
    private readonly Dictionary<(string Account, string RegionId), EcsImageQuota> _shares = [];

    /// <summary>CustomImage, SharedAccountPerImage, or the code of another quota of ECS. Without it: both.</summary>
    [Parameter(Position = 0, ParameterSetName = List)]
    [Alias("QuotaActionCode"), ArgumentCompleter(typeof(QuotaNameCompleter)), ValidateNotNullOrEmpty]
    public string[]? Name { get; set; }

    /// <summary>Gets how many accounts these images are shared with, and with how many more they can be; one's own images.</summary>
    [Parameter(Mandatory = true, ParameterSetName = OfImage, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == OfImage)
        {
            ForEachItem(ImageId, nameof(ImageId), id => WriteObject(Of(id)));
            return;
        }
        ForItem(Name, () =>
        {
            var context = ResolveContext();
            var regions = RegionsOf(context);
            foreach (var name in Name ?? [.. ImageQuota.All.Select(static q => q.Name)]) ForItem(name, () => Get(context, QuotaNames.Find(name), regions));
        });
    }

    private void Get(EcsContext context, ImageQuota quota, IReadOnlyList<string> regions)
    {
        var quotas = new ImageQuotas(AccessOf(context));
        StreamRegions(regions, (region, stop) => One(quotas.GetAsync(quota, region, stop)), (EcsImageQuota read) => WriteObject(read));
    }

    private EcsImageQuota Of(string imageId)
    {
        var context = ResolveContext();
        if (AllRegion || RegionId?.Length > 1)
            throw new CmdletInputException("OneRegionOnly", $"Image '{imageId}' is in one region.", "Name its region with -RegionId, or pipe the image: Get-EcsImage -AllRegion finds it.");
        return Await(stop => OfAsync(context, imageId, RegionId?[0] ?? context.RegionId, stop));
    }

    private async Task<EcsImageQuota> OfAsync(EcsContext context, string imageId, string regionId, CancellationToken stop)
    {
        var quotas = new ImageQuotas(AccessOf(context));
        if (!_shares.TryGetValue((context.AccountId, regionId), out var shares))
            _shares[(context.AccountId, regionId)] = shares = await quotas.GetAsync(ImageQuota.SharedAccountPerImage, regionId, stop).ConfigureAwait(false);
        return await quotas.OfImageAsync(shares, imageId, stop).ConfigureAwait(false);
    }

    private static async IAsyncEnumerable<IReadOnlyList<EcsImageQuota>> One(Task<EcsImageQuota> reading)
    {
        yield return [await reading.ConfigureAwait(false)];
    }
}
