using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>Copies images to one or many regions; within a region only to change the encryption.</summary>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Copy-EcsImage -DestinationRegionId cn-beijing, ap-southeast-1 -Wait</code>
/// <para>Copies an image to two regions at the same time, and writes the copies when both are Available.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Copy-EcsImage -Encrypted -Name web-2026-11-encrypted</code>
/// <para>Makes an encrypted copy within the image's region. Without -Wait the copy is written at once, while it is being made.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Copy-EcsImage -DestinationRegionId cn-beijing -ClientToken nightly-2026-11-23</code>
/// <para>Names the request, so that a runbook that is run again after a crash makes no second copy.</para>
/// </example>
[Cmdlet(VerbsCommon.Copy, "EcsImage", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage)), Calls("ecs:CopyImage", "ecs:DescribeImages", "ecs:ModifyImageAttribute", "quotas:GetProductQuota")]
public sealed class CopyEcsImageCommand : EcsRegionCmdlet
{
    private readonly Dictionary<string, EcsImage> _sources = new(StringComparer.Ordinal);
    private Pending<EcsImage>? _pending;
    private ImageRoom? _room;

    /// <summary>The images to copy; one's own, or shared ones within their region.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The regions to copy to. Without it, the image's own region, to change its encryption.</summary>
    [Parameter(Position = 1), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string[]? DestinationRegionId { get; set; }

    /// <summary>The name of the copy; without it, that of the image.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description of the copy; without it, that of the image.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Encrypts the copy. Such a copy cannot be decrypted by copying it again.</summary>
    [Parameter]
    public SwitchParameter Encrypted { get; set; }

    /// <summary>The key of the destination region to encrypt with; without it, the service's own key there.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? KmsKeyId { get; set; }

    /// <summary>Tags of the copy.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Waits until the copies are Available, and carries over the NVMe setting, which the service's copy drops.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without copying anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>A name for this request: run again with the same one, it makes no second copy.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (KmsKeyId is not null && !Encrypted)
            ThrowTerminatingError(new CmdletInputException("KmsKeyWithoutEncryption", "-KmsKeyId names a key, but the copy is not to be encrypted.", "Add -Encrypted.").ToErrorRecord(KmsKeyId));
        _pending = new Pending<EcsImage>(this, "Copying images", static access => FollowKinds.Image(access, justMade: true));
        _room = new ImageRoom(note => Post(() => WriteVerbose(note)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var image = Await(stop => new ImageQueries(AccessOf(context)).GetAsync(id, RegionId ?? context.RegionId, stop));
        foreach (var destination in (DestinationRegionId ?? [image.RegionId]).Distinct(StringComparer.Ordinal))
            ForItem($"{id} to {destination}", () => Copy(context, image, destination));
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (context, copy) => WriteObject(CarryOver(context, copy!)));

    private void Copy(EcsContext context, EcsImage image, string destination)
    {
        // Another account's image may be copied within its region as it is: the copy is one's own.
        if (destination == image.RegionId && !Encrypted && image.ImageType is EcsImageType.Custom)
            throw new CmdletInputException("IncorrectDestinationRegion", $"Image '{image.ImageId}' is in {destination} already.",
                "Name another region with -DestinationRegionId, or add -Encrypted to make an encrypted copy within the region.");
        var access = AccessOf(context);
        var how = Encrypted ? ", encrypted" : "";
        if (ClientToken is null && !DryRun)
        {
            CreatePreconditions.CheckCopyable(image);
            Await(stop => new CreatePreconditions(access).CheckNameAsync(Name, destination, stop));
            Await(stop => _room!.NeedAsync(access, destination, stop));
        }
        if (!Confirms($"{image.Name} ({image.ImageId}, {image.SizeGiB} GiB) from {image.RegionId} to {destination}{how}", "Copy image")) return;
        var copyId = Await(stop => new ImageChanges(access).CopyAsync(new CopyImageRequest
        {
            RegionId = image.RegionId,
            ImageId = image.ImageId,
            DestinationRegionId = destination,
            DestinationImageName = Name ?? (destination == image.RegionId ? null : image.Name),
            DestinationDescription = Description ?? image.Description,
            Encrypted = Encrypted ? true : null,
            KMSKeyId = KmsKeyId,
            Tag = TagParameter.Request(Tag),
            DryRun = DryRun ? true : null,
            ClientToken = DryRun ? null : ClientTokens.For(ClientToken, $"{image.RegionId}/{image.ImageId}/{destination}"),
        }, stop));
        _room!.Take(access, destination);
        _sources[copyId] = image;
        if (Wait)
        {
            _pending!.Add(context, copyId, destination);
            return;
        }
        if (image.NvmeSupport == "supported")
            WriteVerbose($"The service's copy drops the NVMe setting; -Wait carries it over to {copyId}, or Set-EcsImage -NvmeSupport supported once it is Available.");
        WriteObject(Await(stop => new ImageQueries(access).GetNewAsync(copyId, destination, stop)));
    }

    private EcsImage CarryOver(EcsContext context, EcsImage copy)
    {
        var (now, notInEffect) = Await(stop => new ImageChanges(AccessOf(context)).CarryNvmeOverAsync(_sources[copy.ImageId], copy, stop));
        foreach (var problem in notInEffect) WriteWarning($"Image {copy.ImageId} in {copy.RegionId}: {problem}.");
        return now;
    }
}
