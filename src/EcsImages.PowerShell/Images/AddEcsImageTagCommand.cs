using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Adds tags to images; a tag whose key is there already gets the new value.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Add-EcsImageTag -Tag @{ team = 'web'; stage = 'prod' }</code>
/// <para>Adds two tags to an image, and writes the image with all its tags.</para>
/// </example>
[Cmdlet(VerbsCommon.Add, "EcsImageTag", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage)), Calls("ecs:TagResources", "ecs:DescribeImages")]
public sealed class AddEcsImageTagCommand : EcsRegionCmdlet
{
    /// <summary>The images to tag.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The tags, such as @{ team = 'web' }.</summary>
    [Parameter(Position = 1, Mandatory = true), ValidateNotNullOrEmpty]
    public Hashtable? Tag { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var tags = Tags.Read(Tag);
        var context = ResolveContext();
        var access = AccessOf(context);
        var images = new ImageQueries(access);
        var image = Await(stop => images.GetAsync(id, RegionId ?? context.RegionId, stop));
        if (!Confirms($"{image.Name} ({id}) in {image.RegionId}", $"Add tags {string.Join(", ", tags.Select(static t => $"{t.Key}={t.Value}"))}")) return;
        Await(stop => new ImageChanges(access).TagAsync(id, image.RegionId, tags, stop));
        WriteObject(Await(stop => images.GetAsync(id, image.RegionId, stop)));
    });
}
