using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Regions;

/// <summary>Gets instance types, all or those that an image can be launched on.</summary>
/// <example>
/// <code>Get-EcsInstanceType ecs.g7.*</code>
/// <para>Gets the types of one family.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstanceType -MinimumCpuCoreCount 4 -MaximumMemoryGiB 16</code>
/// <para>Gets the types with at least 4 vCPUs and at most 16 GiB of memory.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Get-EcsInstanceType</code>
/// <para>Gets the types that an image can be launched on.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsInstanceType")]
[OutputType(typeof(EcsInstanceType)), Calls("ecs:DescribeInstanceTypes", "ecs:DescribeImageSupportInstanceTypes")]
public sealed class GetEcsInstanceTypeCommand : EcsRegionCmdlet
{
    /// <summary>The types to get, such as ecs.g7.large; wildcards work.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("InstanceTypes"), ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsInstanceType))]
    [SupportsWildcards]
    public string[]? InstanceType { get; set; }

    /// <summary>Gets only the types that this image can be launched on.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    public string? ImageId { get; set; }

    /// <summary>X86 or ARM.</summary>
    [Parameter]
    [Alias("Architecture"), ArgumentCompleter(typeof(CpuArchitectureCompleter))]
    public string? CpuArchitecture { get; set; }

    /// <summary>Fewest vCPUs.</summary>
    [Parameter, ValidateRange(1, 1024)]
    public int? MinimumCpuCoreCount { get; set; }

    /// <summary>Most vCPUs.</summary>
    [Parameter, ValidateRange(1, 1024)]
    public int? MaximumCpuCoreCount { get; set; }

    /// <summary>Least memory in GiB.</summary>
    [Parameter, ValidateRange(0.1, 65536)]
    public double? MinimumMemoryGiB { get; set; }

    /// <summary>Most memory in GiB.</summary>
    [Parameter, ValidateRange(0.1, 65536)]
    public double? MaximumMemoryGiB { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(InstanceType, () =>
    {
        var context = ResolveContext();
        var region = RegionId ?? context.RegionId;
        var machines = new MachineQueries(AccessOf(context));
        var supported = ImageId is null ? null : Await(stop => machines.SupportedTypesAsync(Ids.Check(ImageId, nameof(ImageId)), region, stop));
        var exact = InstanceType is { } names && !names.Any(WildcardPattern.ContainsWildcardCharacters) ? names : null;
        var match = new NameMatch(InstanceType);
        var missing = new HashSet<string>(exact ?? [], StringComparer.OrdinalIgnoreCase);
        var filter = new DescribeInstanceTypesRequest
        {
            // The operation takes at most ten; more are told apart here.
            InstanceTypes = exact is { Length: <= 10 } ? exact : null,
            CpuArchitectures = CpuArchitecture is null ? null : [CpuArchitecture],
            MinimumCpuCoreCount = MinimumCpuCoreCount,
            MaximumCpuCoreCount = MaximumCpuCoreCount,
            MinimumMemorySize = MinimumMemoryGiB,
            MaximumMemorySize = MaximumMemoryGiB,
        };
        Stream(stop => machines.InstanceTypesAsync(filter, region, stop), (EcsInstanceType type) =>
        {
            missing.Remove(type.InstanceType);
            if (match.Matches(type.InstanceType) && supported?.Contains(type.InstanceType) is not false) WriteObject(type);
        });
        if (filter is { CpuArchitectures: null, MinimumCpuCoreCount: null, MaximumCpuCoreCount: null, MinimumMemorySize: null, MaximumMemorySize: null })
            foreach (var name in missing)
                Report(new EcsNotFoundException("InvalidInstanceType.NotFound", $"There is no instance type '{name}' in {region}. Types look like ecs.g7.large; wildcards work."), name);
    });
}
