using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Removes tags from images, by key or all of them.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Remove-EcsImageTag -TagKey stage</code>
/// <para>Removes one tag from an image.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Remove-EcsImageTag -All</code>
/// <para>Removes all tags from an image.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImageTag", DefaultParameterSetName = "Key", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage)), Calls("ecs:UntagResources", "ecs:DescribeImages")]
public sealed class RemoveEcsImageTagCommand : EcsRegionCmdlet
{
    /// <summary>The images.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The keys of the tags to remove.</summary>
    [Parameter(Position = 1, Mandatory = true, ParameterSetName = "Key")]
    [Alias("Key", "Tag"), ValidateNotNullOrEmpty]
    public string[]? TagKey { get; set; }

    /// <summary>Removes all tags.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "All")]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var images = new ImageQueries(access);
        var image = Await(stop => images.GetAsync(id, RegionId ?? context.RegionId, stop));
        var what = All ? "all tags" : $"tags {string.Join(", ", TagKey!)}";
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}", $"Remove {what}")) return;
        Await(stop => new ImageChanges(access).UntagAsync(id, image.RegionId, All ? null : TagKey, stop));
        WriteObject(Await(stop => images.GetAsync(id, image.RegionId, stop)));
    });
}
