using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows.Updating;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Updates;

/// <summary>Gets updates of images: what Update-EcsImage has set going, from any shell, and what became of it.</summary>
/// <example>
/// <code>Get-EcsImageUpdate -Status Started, Running</code>
/// <para>Gets what is under way, with the task that each is at.</para>
/// </example>
/// <example>
/// <code>(Get-EcsImageUpdate -Status Failed -IncludeLog)[0].Log</code>
/// <para>Shows the log of the newest update that failed.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Get-EcsImageUpdate -Status Success | Get-EcsImage</code>
/// <para>Gets the images that updates have made of an image.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "EcsImageUpdate")]
[OutputType(typeof(EcsImageUpdate)), Calls("oos:ListExecutions", "oos:ListTaskExecutions", "oos:ListExecutionLogs", "ecs:DescribeRegions")]
public sealed class GetEcsImageUpdateCommand : EcsListCmdlet
{
    /// <summary>The ids of the updates to get, such as exec-44d32b45d2a449e. One that does not exist is an error. Without it, all that match, the newest first.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageUpdateIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImageUpdate))]
    public string[] ExecutionId { get; set; } = [];

    /// <summary>Gets the updates of this image, and the one that has made it.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(OwnImageIdCompleter))]
    public string? ImageId { get; set; }

    /// <summary>Gets the updates in these states: Started, Queued, Running, Waiting, Success, Failed or Cancelled.</summary>
    [Parameter, ArgumentCompleter(typeof(ImageUpdateStatusCompleter)), ValidateNotNullOrEmpty]
    public string[]? Status { get; set; }

    /// <summary>Gets the log of each too, which takes a call more.</summary>
    [Parameter]
    public SwitchParameter IncludeLog { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ExecutionId.Length == 1 ? ExecutionId[0] : ImageId, () =>
    {
        var context = ResolveContext();
        var updates = new ImageUpdates(AccessOf(context));
        var regions = RegionsOf(context);
        if (ExecutionId.Length > 0)
        {
            this.GetById(ExecutionId, nameof(ExecutionId), regions, async (ids, region, stop) => await LogsAsync(updates, await updates.FindAsync(ids, region, stop).ConfigureAwait(false), stop).ConfigureAwait(false),
                static u => u.ExecutionId, ImageUpdates.NotFound, u => Status is null || Status.Contains(u.Status, StringComparer.OrdinalIgnoreCase));
            return;
        }
        var imageId = ImageId is null ? null : Ids.Check(ImageId, nameof(ImageId));
        StreamRegions(regions, (region, stop) => ListAsync(updates, imageId, region, stop), (EcsImageUpdate update) => WriteObject(update));
    });

    private async IAsyncEnumerable<IReadOnlyList<EcsImageUpdate>> ListAsync(
        ImageUpdates updates, string? imageId, string region, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in updates.ListAsync(Status, imageId, region, stop).ConfigureAwait(false))
            yield return await LogsAsync(updates, page, stop).ConfigureAwait(false);
    }

    private async Task<IReadOnlyList<EcsImageUpdate>> LogsAsync(ImageUpdates updates, IReadOnlyList<EcsImageUpdate> found, CancellationToken stop) =>
        IncludeLog ? await Task.WhenAll(found.Select(u => updates.WithLogAsync(u, stop))).ConfigureAwait(false) : found;
}
