using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Images;

/// <summary>Waits until images are Available; all that come down the pipeline together. It can be stopped and taken up again, from any shell.</summary>
/// <example>
/// <code>
/// $image = Get-EcsInstance -Name web-1 | New-EcsCustomImage -Name web-2026-12
/// $image | Wait-EcsImage -TimeoutSec 1800
/// </code>
/// <para>Waits for an image that is being made, for half an hour at the most.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Copy-EcsImage -DestinationRegionId cn-beijing, ap-southeast-1 | Wait-EcsImage</code>
/// <para>Waits for two copies together, each in its own region.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "EcsImage")]
[OutputType(typeof(EcsImage)), Calls("ecs:DescribeImages")]
public sealed class WaitEcsImageCommand : EcsRegionCmdlet
{
    private Pending<EcsImage>? _pending;

    /// <summary>The images to wait for.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The status to wait for.</summary>
    [Parameter, ArgumentCompleter(typeof(ImageStatusCompleter)), ValidateNotNullOrEmpty]
    public string Status { get; set; } = "Available";

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImage>(this, "Waiting for images", access => FollowKinds.Image(access, Status));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        _pending!.Add(context, id, RegionId ?? context.RegionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, image) => WriteObject(image));
}
