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

namespace EcsImages.PowerShell.Instances;

/// <summary>Launches instances of an image: any version by its id, or the newest of a family.</summary>
/// <example>
/// <code>New-EcsInstance -Family acs:ubuntu_24_04_x64 -InstanceType ecs.g7.large -Name web-4 -Wait</code>
/// <para>Launches an instance of the newest image of a family, and writes it when it is Running.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | New-EcsInstance -InstanceType ecs.g7.large -Name web -Count 3 -Tag @{ team = 'web' }</code>
/// <para>Launches three instances of one image.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | New-EcsInstance -InstanceType ecs.g7.large -SizeGiB 60 -DataDiskSizeGiB 20, 100 -DryRun -Verbose</code>
/// <para>Has the service check the request; -Verbose says that it would succeed.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "EcsInstance", DefaultParameterSetName = ByImage, SupportsShouldProcess = true)]
[OutputType(typeof(EcsInstance)), Calls("ecs:RunInstances", "ecs:DescribeInstances")]
public sealed class NewEcsInstanceCommand : EcsRegionCmdlet
{
    private const string ByImage = "Image";
    private const string ByFamily = "Family";
    private Pending<EcsInstance>? _pending;

    /// <summary>The image.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = ByImage, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImage))]
    public string? ImageId { get; set; }

    /// <summary>The image family, whose newest Available image is taken.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByFamily), ArgumentCompleter(typeof(FamilyCompleter)), ValidateNotNullOrEmpty]
    public string? Family { get; set; }

    /// <summary>The instance type, such as ecs.g7.large.</summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceType { get; set; }

    /// <summary>The name.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>How many instances.</summary>
    [Parameter, Alias("Amount"), ValidateRange(1, 100)]
    public int Count { get; set; } = 1;

    /// <summary>The size of the system disk in GiB; at least that of the image.</summary>
    [Parameter, Alias("SystemDiskSizeGiB"), SizeGiB]
    public int? SizeGiB { get; set; }

    /// <summary>The category of the system disk, such as cloud_essd.</summary>
    [Parameter, ArgumentCompleter(typeof(DiskCategoryCompleter)), ValidateNotNullOrEmpty]
    public string? SystemDiskCategory { get; set; }

    /// <summary>The performance level of a cloud_essd system disk, PL0 to PL3.</summary>
    [Parameter, ArgumentCompleter(typeof(PerformanceLevelCompleter)), ValidateNotNullOrEmpty]
    public string? PerformanceLevel { get; set; }

    /// <summary>Sizes of empty data disks in GiB, such as 20, 100.</summary>
    [Parameter, SizeGiB, ValidateCount(1, 16)]
    public int[]? DataDiskSizeGiB { get; set; }

    /// <summary>Data disks, each a hashtable with SizeGiB, Category, PerformanceLevel, Name, SnapshotId, Device, Encrypted, KmsKeyId and DeleteWithInstance.</summary>
    [Parameter, ValidateCount(1, 16)]
    public Hashtable[]? DataDisk { get; set; }

    /// <summary>The vSwitch; without it, the default one.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VSwitchId { get; set; }

    /// <summary>The security group; without it, the default one.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? SecurityGroupId { get; set; }

    /// <summary>The zone; without it, the service chooses.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ZoneId { get; set; }

    /// <summary>The key pair for logging in.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? KeyPairName { get; set; }

    /// <summary>Tags of the instances and their disks.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Waits until the instances are Running.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without launching anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <summary>A name for this request: run again with the same one, it launches no second time. Each image that is piped in is a part of it.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsInstance>(this, "Launching instances", static access => FollowKinds.Instance(access, "Running"));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForItem(ImageId ?? Family, () =>
    {
        if (ImageId is not null) Ids.Check(ImageId, nameof(ImageId));
        var context = ResolveContext();
        var request = Request(RegionId ?? context.RegionId);
        if (!Confirms($"{Count} × {InstanceType} of {ImageId ?? $"the newest image of {Family}"} in {request.RegionId}", "Launch instance")) return;
        Launch(context, request);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, instance) => WriteObject(instance));

    private void Launch(EcsContext context, RunInstancesRequest request)
    {
        var access = AccessOf(context);
        var reply = Await(stop => access.CallAsync(EcsApi.RunInstances, request.RegionId, request, stop));
        var ids = reply.InstanceIdSets?.InstanceIdSet ?? [];
        if (Wait)
        {
            foreach (var id in ids) _pending!.Add(context, id, request.RegionId);
            return;
        }
        var known = Await(stop => new MachineQueries(access).FindInstancesAsync(ids, request.RegionId, stop)).ToDictionary(static i => i.InstanceId, StringComparer.Ordinal);
        foreach (var id in ids)
            WriteObject(known.GetValueOrDefault(id) ?? new EcsInstance { InstanceId = id, Status = "Pending", RegionId = request.RegionId, ContextAccountId = context.AccountId });
    }

    private RunInstancesRequest Request(string regionId)
    {
        var disks = (DataDiskSizeGiB ?? []).Select(static size => new DataDiskRequest { Size = size })
            .Concat(DiskMappings.ReadDataDisks(DataDisk) ?? []).ToArray();
        return new RunInstancesRequest
        {
            RegionId = regionId,
            ImageId = ImageId,
            ImageFamily = Family,
            InstanceType = InstanceType,
            InstanceName = Name,
            Description = Description,
            Amount = Count,
            SystemDisk = SizeGiB is null && SystemDiskCategory is null && PerformanceLevel is null ? null : new SystemDiskRequest
            {
                Size = SizeGiB?.ToString(System.Globalization.CultureInfo.InvariantCulture),
                Category = SystemDiskCategory,
                PerformanceLevel = PerformanceLevel,
            },
            DataDisk = disks.Length == 0 ? null : disks,
            VSwitchId = VSwitchId,
            SecurityGroupId = SecurityGroupId,
            ZoneId = ZoneId,
            KeyPairName = KeyPairName,
            Tag = TagParameter.Request(Tag),
            DryRun = DryRun ? true : null,
            ClientToken = DryRun ? null : ClientTokens.For(ClientToken, $"{regionId}/{ImageId ?? Family}/{InstanceType}"),
        };
    }
}
