using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Knowledge;

/// <summary>Tells how far images can be trusted, who supports them, why and until when, what one can do then, who secures what, and what they cost.</summary>
/// <example>
/// <code>Get-EcsImageSupport ubuntu_18_04_x64_20G_alibase_20240223.vhd</code>
/// <para>Tells who supports a public image; nobody, since its operating system has reached its end of life.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -ImageType Custom | Get-EcsImageSupport</code>
/// <para>Tells it of all of one's own images, without a further call.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | Get-EcsImageSupport</code>
/// <para>Tells it of the image that an instance was made from.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -ImageType Public | Get-EcsImageSupport | Where-Object SupportedBy -EQ Nobody</code>
/// <para>Finds the public images that nobody supports any more.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageSupport")]
[OutputType(typeof(EcsImageSupport)), Calls("ecs:DescribeImages")]
public sealed class GetEcsImageSupportCommand : EcsRegionCmdlet
{
    /// <summary>The images, of whatever kind: ids, or the images as Get-EcsImage gives them, for which nothing is asked of the service.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageIdCompleter))]
    [IdOf(typeof(EcsImage), KeepsObjects = true)]
    public object[] ImageId { get; set; } = [];

    /// <inheritdoc/>
    protected override void ProcessRecord() =>
        this.ForEachImage(ImageId, nameof(ImageId), image => WriteObject(ImageKnowledge.SupportOf(image)));
}
