using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>
/// Deletes custom images. It cannot be undone; instances of them run on, but cannot be reinitialised, and their snapshots stay unless -IncludeSnapshot
/// is given. Before anything is done, what depends on an image is looked up: -WhatIf writes it as objects, the confirmation tells it, and what
/// the service would refuse is refused without asking. With -Confirm:$false nothing is looked up but what -IncludeSnapshot needs; the service itself
/// refuses what is shared, published, being copied, imported or exported, which nothing overrides, and what instances use, which -Force overrides.
/// </summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-* | Remove-EcsImage -WhatIf</code>
/// <para>Shows which images would be deleted, and writes what depends on them.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-09 | Remove-EcsImage -IncludeSnapshot -Confirm:$false</code>
/// <para>Deletes an image and the snapshots that nothing else needs without asking, as in a runbook.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-10 | Remove-EcsImage -Force -Confirm:$false</code>
/// <para>Deletes an image that instances still use.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "EcsImage", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(EcsImageDependency))]
[Calls("ecs:DeleteImage", "ecs:DescribeImages", "ecs:DeleteSnapshot", "ecs:DescribeSnapshots", "ecs:DescribeDisks", "ecs:DescribeInstances", "ecs:DescribeLaunchTemplates",
    "ecs:DescribeLaunchTemplateVersions", "ecs:DescribeImagePipelines", "ecs:DescribeImageFromFamily", "ecs:DescribeImageSharePermission", "ecs:DescribeRegions")]
public sealed class RemoveEcsImageCommand : EcsRegionCmdlet
{
    // A person waits for the question.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Dictionary<EcsContext, ImageUse> _uses = [];

    /// <summary>The images to delete; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>Deletes the snapshots of the image too, once it is gone: those that no other image and no disk needs. Which ones stay, and why, is told.</summary>
    [Parameter]
    public SwitchParameter IncludeSnapshot { get; set; }

    /// <summary>
    /// The API's Force: deletes an image that instances use, and overrides nothing else; shared and published images, and those being copied, imported
    /// or exported, stay. It does not suppress the confirmation; -Confirm:$false does.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Has the service check the request without deleting anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var image = Await(stop => new ImageQueries(AccessOf(context)).GetAsync(id, RegionId ?? context.RegionId, stop));
        if (image.ImageType is { } type and not EcsImageType.Custom)
            throw new PreconditionException("InvalidImageId.NotFound", $"Image '{id}' ({image.Name}) in {image.RegionId} is a {type} image; only one's own can be deleted.");
        var plan = new DeletionPlan(image, LookUp(context, image), Force, IncludeSnapshot);
        if (OnlyShows) Show(plan, image);
        else if (DryRun || plan.Refusal is null)
            Delete(context, plan, image);
        else throw plan.Refusal;
    });

    // What the plan is told to a person for costs calls; who said yes beforehand needs only what is acted upon.
    private IReadOnlyList<EcsImageDependency> LookUp(EcsContext context, EcsImage image)
    {
        if (!_uses.TryGetValue(context, out var use)) _uses[context] = use = new ImageUse(AccessOf(context), TimeProvider.System, Patience);
        return OnlyShows || (Asks && !DryRun) ? Await(stop => use.OfAsync(image, stop))
            : IncludeSnapshot && !DryRun ? Await(stop => use.SnapshotsOfAsync(image, stop)) : [];
    }

    private void Show(DeletionPlan plan, EcsImage image)
    {
        WriteObject(plan.Dependencies, enumerateCollection: true);
        if (plan.Refusal is { } refusal) WriteWarning($"{refusal.Message} ({refusal.Code})");
        else Confirms(Target(image), Action);
    }

    private void Delete(EcsContext context, DeletionPlan plan, EcsImage image)
    {
        if (!Confirms(Target(image), Action, $"{Action} {Target(image)}?\n{string.Join('\n', plan.Lines.Select(static l => "  " + l))}")) return;
        var access = AccessOf(context);
        Await(stop => new ImageChanges(access).DeleteAsync(new DeleteImageRequest
        {
            RegionId = image.RegionId,
            ImageId = image.ImageId,
            Force = Force ? true : null,
            DryRun = DryRun ? true : null,
        }, stop));
        if (IncludeSnapshot) DeleteSnapshots(access, plan, image);
        else if (image.Disks.Select(static d => d.SnapshotId).OfType<string>().ToArray() is { Length: > 0 } left)
            WriteVerbose($"Of image {image.ImageId} in {image.RegionId} stay, and are billed, the snapshots {string.Join(", ", left)}.");
    }

    private void DeleteSnapshots(EcsAccess access, DeletionPlan plan, EcsImage image)
    {
        foreach (var kept in plan.SnapshotsThatStay)
            WriteWarning($"Snapshot {kept.ResourceId} of image {image.ImageId} in {kept.RegionId} stays, and is billed: {kept.Detail}.");
        foreach (var snapshot in plan.SnapshotsToDelete)
        {
            try
            {
                // Without Force: the service refuses what was put to use since the plan was made.
                Await(stop => access.CallAsync(EcsApi.DeleteSnapshot, snapshot.RegionId, new DeleteSnapshotRequest { SnapshotId = snapshot.ResourceId! }, stop));
            }
            catch (AcsException e)
            {
                var record = e.ToErrorRecord(snapshot.ResourceId);
                var details = $"Image '{image.ImageId}' is deleted, but its snapshot '{snapshot.ResourceId}' in {snapshot.RegionId} is not: {record.ErrorDetails.Message}";
                record.ErrorDetails = new ErrorDetails(details) { RecommendedAction = record.ErrorDetails.RecommendedAction };
                WriteError(record);
            }
        }
    }

    private string Action => (Force, IncludeSnapshot) switch
    {
        ({ IsPresent: true }, { IsPresent: true }) => "Delete image, even if instances use it, and its snapshots",
        ({ IsPresent: true }, _) => "Delete image, even if instances use it",
        (_, { IsPresent: true }) => "Delete image and its snapshots",
        _ => "Delete image",
    };

    private static string Target(EcsImage image) => $"{image.Name} ({image.ImageId}) in {image.RegionId}, {image.SizeGiB} GiB";
}
