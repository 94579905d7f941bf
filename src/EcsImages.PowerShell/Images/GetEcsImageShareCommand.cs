using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Gets the accounts that images are shared with.</summary>
/// <example>
/// <code>Get-EcsImage -ImageType Custom | Get-EcsImageShare</code>
/// <para>Gets every account that an image of one's own is shared with.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageShare")]
[OutputType(typeof(EcsImageShare)), Calls("ecs:DescribeImageSharePermission")]
public sealed class GetEcsImageShareCommand : EcsRegionCmdlet
{
    /// <summary>The images; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        WriteObject(Await(stop => new ImageChanges(AccessOf(context)).SharesAsync(id, RegionId ?? context.RegionId, stop)), enumerateCollection: true);
    });
}
