using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Images;

/// <summary>Creates a custom image from an instance, from a snapshot of a system disk, or from a mapping of disks.</summary>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | New-EcsCustomImage -Name web-2026-12 -Family web -Wait</code>
/// <para>Creates an image of an instance with all its disks, and writes it when it is Available.</para>
/// </example>
/// <example>
/// <code>Get-EcsInstance -Name web-1 | New-EcsCustomImage -Name web-2026-12 -SystemDiskOnly</code>
/// <para>Creates an image of the system disk only. Without -Wait the image is written at once, while it is being made.</para>
/// </example>
/// <example>
/// <code>Get-EcsSnapshot -Name web-system | New-EcsCustomImage -Name web-restored -SizeGiB 60 -Wait</code>
/// <para>Creates an image of a snapshot of a system disk, with a larger disk.</para>
/// </example>
/// <example>
/// <code>
/// $system = Get-EcsSnapshot -Name web-system
/// $data = Get-EcsSnapshot -Name web-data
/// New-EcsCustomImage -Name web-both -DiskMapping @{ SnapshotId = $system.SnapshotId }, @{ SnapshotId = $data.SnapshotId; SizeGiB = 100 }
/// </code>
/// <para>Creates an image of a system disk and a data disk, each from its snapshot.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "EcsCustomImage", DefaultParameterSetName = FromInstance, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage))]
[Calls("ecs:CreateImage", "ecs:DescribeImages", "ecs:DescribeInstances", "ecs:DescribeDisks", "ecs:CreateSnapshot", "ecs:DescribeSnapshots", "quotas:GetProductQuota")]
public sealed class NewEcsCustomImageCommand : EcsRegionCmdlet
{
    private const string FromInstance = "Instance";
    private const string FromSnapshot = "Snapshot";
    private const string FromMapping = "DiskMapping";
    private Pending<EcsImage>? _pending;
    private ImageRoom? _room;

    /// <summary>The instance: Running or Stopped.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = FromInstance, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsInstance))]
    public string? InstanceId { get; set; }

    /// <summary>Leaves the data disks of the instance out: takes a snapshot of the system disk, and makes the image of that.</summary>
    [Parameter(ParameterSetName = FromInstance)]
    public SwitchParameter SystemDiskOnly { get; set; }

    /// <summary>The snapshot of a system disk.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromSnapshot, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(SnapshotIdCompleter)), ValidateNotNullOrEmpty]
    public string? SnapshotId { get; set; }

    /// <summary>The size of the system disk in GiB, if it is to be larger than the snapshot.</summary>
    [Parameter(ParameterSetName = FromSnapshot), SizeGiB]
    public int? SizeGiB { get; set; }

    /// <summary>The disks, each a hashtable with SnapshotId, SizeGiB, Device and DiskType: exactly one system disk, and up to 16 data disks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromMapping)]
    [Alias("DiskDeviceMapping"), ValidateCount(1, 17)]
    public Hashtable[]? DiskMapping { get; set; }

    /// <summary>The name: 2 to 128 characters, unique among one's own images of the region.</summary>
    [Parameter(Position = 1, Mandatory = true), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>The image family.</summary>
    [Parameter, ArgumentCompleter(typeof(FamilyCompleter))]
    public string? Family { get; set; }

    /// <summary>The version, of up to 40 characters. An image that comes of the Marketplace keeps its own.</summary>
    [Parameter]
    public string? Version { get; set; }

    /// <summary>The distribution, where the source does not tell it.</summary>
    [Parameter, ArgumentCompleter(typeof(NewPlatformCompleter))]
    public string? Platform { get; set; }

    /// <summary>x86_64, i386 or arm64, where the source does not tell it.</summary>
    [Parameter, ArgumentCompleter(typeof(ArchitectureCompleter))]
    public string? Architecture { get; set; }

    /// <summary>BIOS, UEFI or UEFI-Preferred.</summary>
    [Parameter, ArgumentCompleter(typeof(BootModeCompleter))]
    public string? BootMode { get; set; }

    /// <summary>Tags for the image and its snapshots.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Waits until the image is Available.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without creating anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>A name for this request: run again with the same one, it makes no second image. Each instance or snapshot that is piped in is a part of it.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImage>(this, "Creating images", static access => FollowKinds.Image(access, justMade: true));
        _room = new ImageRoom(note => Post(() => WriteVerbose(note)));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(InstanceId ?? SnapshotId ?? Name, () =>
    {
        var context = ResolveContext();
        var regionId = RegionId ?? context.RegionId;
        var source = ParameterSetName switch
        {
            FromInstance => $"instance {Ids.Check(InstanceId, nameof(InstanceId))}{(SystemDiskOnly ? ", system disk only" : "")}",
            FromSnapshot => $"snapshot {Ids.Check(SnapshotId, nameof(SnapshotId))}",
            _ => $"{DiskMapping!.Length} disk(s)",
        };
        var request = Request(regionId);
        if (!Confirms($"{Name} from {source} in {regionId}", "Create image")) return;
        Create(context, request);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, image) => WriteObject(image));

    private void Create(EcsContext context, CreateImageRequest request)
    {
        var access = AccessOf(context);
        // A request that has a token may be a second run: then name, state and quota are the service's to judge. So they are in a dry run.
        if (ClientToken is null && !DryRun)
        {
            var preconditions = new CreatePreconditions(access);
            if (InstanceId is not null) Await(stop => preconditions.CheckInstanceAsync(InstanceId, request.RegionId, stop));
            Await(stop => preconditions.CheckNameAsync(Name, request.RegionId, stop));
            Await(stop => _room!.NeedAsync(access, request.RegionId, stop));
        }
        if (SystemDiskOnly && !DryRun)
            request = Await(stop => new SystemDiskImage(access, TimeProvider.System).PrepareAsync(request, stop));
        var imageId = Await(stop => new ImageChanges(access).CreateAsync(request, stop));
        _room!.Take(access, request.RegionId);
        if (Wait) _pending!.Add(context, imageId, request.RegionId);
        else WriteObject(Await(stop => new ImageQueries(access).GetNewAsync(imageId, request.RegionId, stop)));
    }

    private CreateImageRequest Request(string regionId)
    {
        return new CreateImageRequest
        {
            RegionId = regionId,
            InstanceId = InstanceId,
            SnapshotId = SizeGiB is null ? SnapshotId : null,
            DiskDeviceMapping = ParameterSetName switch
            {
                FromSnapshot when SizeGiB is not null => [new DiskDeviceMappingRequest { DiskType = "system", SnapshotId = SnapshotId, Size = SizeGiB }],
                FromMapping => DiskMappings.Read(DiskMapping!),
                _ => null,
            },
            ImageName = Name,
            Description = Description,
            ImageFamily = Family,
            ImageVersion = Version,
            Platform = Platform,
            Architecture = Architecture,
            BootMode = BootMode,
            Tag = TagParameter.Request(Tag),
            DryRun = DryRun ? true : null,
            ClientToken = DryRun ? null : ClientTokens.For(ClientToken, $"{regionId}/{InstanceId ?? SnapshotId}"),
        };
    }
}
