using System.Management.Automation;
using EcsImages.PowerShell.Completion;

namespace EcsImages.PowerShell.Pipeline;

/// <summary>What works in one region: that of the piped object, the one named, or the context's.</summary>
public abstract class EcsRegionCmdlet : EcsApiCmdlet
{
    /// <summary>The region, such as cn-hangzhou. Without it, that of the piped object, else that of the context.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Region"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string? RegionId { get; set; }
}
