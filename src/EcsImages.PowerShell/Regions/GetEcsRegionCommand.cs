using System.Management.Automation;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Regions;

/// <summary>Gets the regions that the account can use.</summary>
/// <example>
/// <code>Get-EcsRegion</code>
/// <para>Gets all regions.</para>
/// </example>
/// <example>
/// <code>Get-EcsRegion cn-* | Get-EcsImage -Name web-*</code>
/// <para>Gets images from all regions whose ids begin with cn-.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsRegion")]
[OutputType(typeof(EcsRegion)), Calls("ecs:DescribeRegions")]
public sealed class GetEcsRegionCommand : EcsApiCmdlet
{
    /// <summary>The regions to get, by id or by name; wildcards work.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsRegion))]
    [SupportsWildcards]
    public string[]? RegionId { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(RegionId, () =>
    {
        var context = ResolveContext();
        var regions = Await(stop => new MachineQueries(AccessOf(context)).RegionsAsync(context.RegionId, stop));
        foreach (var wanted in RegionId ?? ["*"])
        {
            var pattern = NameMatch.Pattern(wanted);
            var found = regions.Where(r => pattern.IsMatch(r.RegionId) || pattern.IsMatch(r.LocalName ?? "")).ToArray();
            if (found.Length == 0 && !WildcardPattern.ContainsWildcardCharacters(wanted))
                Report(new EcsNotFoundException("InvalidRegionId.NotFound", $"There is no region '{wanted}'. Get-EcsRegion lists the regions."), wanted);
            WriteObject(found, enumerateCollection: true);
        }
    });
}
