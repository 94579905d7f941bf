using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows.Updating;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Updates;

/// <summary>Waits until updates of images have made their images; all that come down the pipeline together. It can be stopped and taken up again, from any shell. One that failed is an error with its task, its words and the end of its log.</summary>
/// <example>
/// <code>Get-EcsImageUpdate -Status Started, Running | Wait-EcsImageUpdate -TimeoutSec 3600</code>
/// <para>Waits for all that is under way, for an hour at the most.</para>
/// </example>
/// <example>
/// <code>Get-EcsImageUpdate -Status Started, Running | Wait-EcsImageUpdate | Get-EcsImage</code>
/// <para>Waits, and gets the new images.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "EcsImageUpdate")]
[OutputType(typeof(EcsImageUpdate)), Calls("oos:ListExecutions", "oos:ListTaskExecutions", "oos:ListExecutionLogs")]
public sealed class WaitEcsImageUpdateCommand : EcsRegionCmdlet
{
    private Pending<EcsImageUpdate>? _pending;

    /// <summary>The updates to wait for.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(ImageUpdateIdCompleter))]
    [IdOf(typeof(EcsImageUpdate))]
    public string[] ExecutionId { get; set; } = [];

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImageUpdate>(this, "Waiting for updates", static access => UpdateFollowing.Kind(access));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ExecutionId, nameof(ExecutionId), id =>
    {
        var context = ResolveContext();
        _pending!.Add(context, id, RegionId ?? context.RegionId);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, update) => this.WriteUpdate(update!));
}
