using System.Collections;
using System.Globalization;
using System.Management.Automation;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Building;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Files;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Building;

/// <summary>Makes an image pipeline: what is built, from what image, on what machine, and which regions and accounts get it. Start-EcsImagePipeline runs it.</summary>
/// <remarks>
/// <para>The commands are read before they are sent: each mistake is an error with its file, line, column and what to write instead. -WhatIf shows all that would be built, on what, where it would go and who would get it; nothing is changed for that.</para>
/// <para>The image to build on is named by -ImageId, by -Family (its newest one, each time that the pipeline runs), as objects in OSS that are imported first, or by a line FROM that the text begins with.</para>
/// <para>The service has no call that modifies a pipeline, so that there is no Set-EcsImagePipeline: make a new one, and remove the old one with Remove-EcsImagePipeline. It takes the same name twice; this cmdlet does not, unless the request is named with -ClientToken. What changes often belongs into a component, of which there can be new versions.</para>
/// <para>A pipeline cannot encrypt what it distributes: the API has no parameter for it. Copy-EcsImage -Encrypted makes encrypted copies of the image that it built.</para>
/// </remarks>
/// <example>
/// <code>New-EcsImagePipeline -Path ./nginx.imagefile -DestinationRegionId cn-hangzhou, cn-beijing -AccountId 1234567890123456 -WhatIf</code>
/// <para>Shows what a file would build, where it would go and with whom it would be shared. The file begins with a line FROM; the pipeline has its name, nginx.</para>
/// </example>
/// <example>
/// <code>New-EcsImagePipeline -Name web-tools -Family acs:ubuntu_24_04_x64 -BuildContent "RUN apt-get update`nRUN apt-get install -y git" -TestContent 'RUN git --version' -ImageName web-tools -ImageFamily web-tools</code>
/// <para>Makes a pipeline of two commands on the newest Ubuntu 24.04, with a test.</para>
/// </example>
/// <example>
/// <code>$tools = Get-EcsImageComponent -Name tools -Version 2.0.0
/// Get-EcsImage -Name web-2026-11 | New-EcsImagePipeline -Name web-patched -ImageComponentId $tools -InstanceType ecs.g7.large -InternetMaxBandwidthOut 10 | Start-EcsImagePipeline</code>
/// <para>Makes a pipeline of a component on an image of one's own, and starts it.</para>
/// </example>
/// <example>
/// <code>New-EcsImagePipeline -Name from-disk -BucketName my-images-cn-hangzhou -ObjectKey base.qcow2 -Format QCOW2 -Platform Ubuntu -RepairMode Standard -KeepInstanceOnFailure</code>
/// <para>Makes a pipeline that imports a disk, repairs it for ECS, and leaves the machine when that fails.</para>
/// </example>
[Cmdlet(VerbsCommon.New, "EcsImagePipeline", DefaultParameterSetName = FromText, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImagePipeline))]
[Calls("ecs:CreateImagePipeline", "ecs:DescribeImagePipelines", "ecs:DescribeImageComponents", "ecs:DescribeImages", "ecs:DescribeImageFromFamily")]
public sealed class NewEcsImagePipelineCommand : EcsRegionCmdlet
{
    private const string FromText = "From";
    private const string FromImage = "Image";
    private const string FromFamily = "Family";
    private const string FromObject = "Object";
    private const string FromMapping = "DiskMapping";

    /// <summary>The name, 2 to 128 characters. Without it, that of the file without its extension; else the service takes the id.</summary>
    [Parameter(Position = 0), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The image to build on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromImage, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ImageIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImage))]
    public string? ImageId { get; set; }

    /// <summary>The image family to build on: its newest Available image each time that the pipeline runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromFamily), ArgumentCompleter(typeof(FamilyCompleter)), ValidateNotNullOrEmpty]
    public string? Family { get; set; }

    /// <summary>The bucket of the object to build on.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <summary>The object to build on: a disk that is imported each time that the pipeline runs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromObject), ValidateNotNullOrEmpty]
    public string? ObjectKey { get; set; }

    /// <summary>The objects to build on, each a hashtable with ObjectKey, BucketName, SizeGiB and Format: the system disk first, then up to 16 data disks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromMapping), Alias("DiskDeviceMapping"), ValidateCount(1, 17)]
    public Hashtable[]? DiskMapping { get; set; }

    /// <summary>RAW, VHD or QCOW2: the format of the object; without it, the service looks for itself.</summary>
    [Parameter(ParameterSetName = FromObject), ArgumentCompleter(typeof(SourceFormatCompleter)), ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    /// <summary>The size of the object's disk in GiB; without it, that which it says itself.</summary>
    [Parameter(ParameterSetName = FromObject), SizeGiB]
    public int? SizeGiB { get; set; }

    /// <summary>linux or windows: the system on the objects.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(OSTypeCompleter)), ValidateNotNullOrEmpty]
    public string? OSType { get; set; }

    /// <summary>The distribution on the objects.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(SourcePlatformCompleter)), ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>x86_64 or arm64: the architecture of the objects.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(SourceArchitectureCompleter)), ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>BIOS or UEFI: how the objects boot.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(SourceBootModeCompleter)), ValidateNotNullOrEmpty]
    public string? BootMode { get; set; }

    /// <summary>The license of a Windows on the objects: Auto, Aliyun or BYOL.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(SourceLicenseCompleter)), ValidateNotNullOrEmpty]
    public string? LicenseType { get; set; }

    /// <summary>Whether the objects have a driver for NVMe: supported or unsupported.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ArgumentCompleter(typeof(NvmeSupportCompleter)), ValidateNotNullOrEmpty]
    public string? SourceNvmeSupport { get; set; }

    /// <summary>The RAM role by which the service reads the bucket; without it, AliyunECSImageImportDefaultRole.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping), ValidateNotNullOrEmpty]
    public string? RoleName { get; set; }

    /// <summary>The commands to build with, a line each; 16 KiB at the most.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? BuildContent { get; set; }

    /// <summary>A file with the commands to build with, each character of its path as it stands.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath"), ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>Components to build with, before the commands and in this order.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true), Alias("ComponentId"), ArgumentCompleter(typeof(ImageComponentIdCompleter)), ValidateNotNullOrEmpty]
    [IdOf(typeof(EcsImageComponent))]
    public string[] ImageComponentId { get; set; } = [];

    /// <summary>The commands to test the image with, on an instance of it.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? TestContent { get; set; }

    /// <summary>A file with the commands to test the image with, each character of its path as it stands.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? TestPath { get; set; }

    /// <summary>The instance type to build on; without it, the smallest that is in stock.</summary>
    [Parameter, ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceType { get; set; }

    /// <summary>The system disk to build on, in GiB: 20 to 500; without it 40.</summary>
    [Parameter, SizeGiB]
    public int? SystemDiskSizeGiB { get; set; }

    /// <summary>The vSwitch to build in; without it, a network that the service makes and removes.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VSwitchId { get; set; }

    /// <summary>The bandwidth to the Internet while it is built, in Mbit/s; without it 0, which is none.</summary>
    [Parameter, ValidateRange(0, 100)]
    public int? InternetMaxBandwidthOut { get; set; }

    /// <summary>Standard, All or Customized: what is repaired before it is built, such as drivers and the start of the network; without it nothing.</summary>
    [Parameter, ArgumentCompleter(typeof(RepairModeCompleter)), ValidateNotNullOrEmpty]
    public string? RepairMode { get; set; }

    /// <summary>What a Customized repair mends, such as CloudInit, Dhcp, Virtio, OnlineResizeFS, Grub and Fstab.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string[]? RepairItem { get; set; }

    /// <summary>Leaves the instance there, and billed, when the build fails, so that it can be looked into.</summary>
    [Parameter]
    public SwitchParameter KeepInstanceOnFailure { get; set; }

    /// <summary>What the name of the image begins with, 2 to 64 characters; the id of the execution follows.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ImageName { get; set; }

    /// <summary>Gives the image its name as it is. A second run finds that name taken.</summary>
    [Parameter]
    public SwitchParameter NoImageNameSuffix { get; set; }

    /// <summary>The family of the image.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ImageFamily { get; set; }

    /// <summary>The description of the image.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ImageDescription { get; set; }

    /// <summary>Tags of the image.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? ImageTag { get; set; }

    /// <summary>What the image says of NVMe: supported, unsupported or auto.</summary>
    [Parameter, ArgumentCompleter(typeof(BuiltNvmeSupportCompleter)), ValidateNotNullOrEmpty]
    public string? NvmeSupport { get; set; }

    /// <summary>The regions that the image goes to, at most 20; without it, that of the pipeline. A pipeline cannot encrypt what it copies there: Copy-EcsImage -Encrypted does, afterwards.</summary>
    [Parameter, Alias("ToRegionId"), ArgumentCompleter(typeof(RegionIdCompleter)), ValidateNotNullOrEmpty]
    public string[]? DestinationRegionId { get; set; }

    /// <summary>The accounts that the image is shared with, at most 20, by their ids of 16 digits.</summary>
    [Parameter, Alias("AddAccount"), ValidateNotNullOrEmpty]
    public string[]? AccountId { get; set; }

    /// <summary>What people look for, and the service has not: an error that names the way.</summary>
    [Parameter(DontShow = true)]
    public SwitchParameter Encrypted { get; set; }

    /// <summary>The description of the pipeline.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>Tags of the pipeline.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>The resource group.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ResourceGroupId { get; set; }

    /// <summary>A name for this request: run again with the same one, it makes no second pipeline.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        Together(nameof(BuildContent), nameof(Path));
        Together(nameof(TestContent), nameof(TestPath));
        if (Encrypted)
            ThrowTerminatingError(new CmdletInputException("EncryptionNotSupported", "A pipeline cannot encrypt what it builds or distributes: the API has no parameter for it.",
                "Leave -Encrypted out, and make encrypted copies of the image: Start-EcsImagePipeline -Wait | Copy-EcsImage -Encrypted -DestinationRegionId ...", ErrorCategory.NotImplemented).ToErrorRecord(null));
        if (NoImageNameSuffix && ImageName is null)
            ThrowTerminatingError(new CmdletInputException("SuffixWithoutName", "-NoImageNameSuffix is about the name of the image, which is not said.", "Add -ImageName.").ToErrorRecord(null));
        if (RepairItem is not null && RepairMode is null)
            ThrowTerminatingError(new CmdletInputException("MissingParameter.RepairMode", "-RepairItem says what to repair, but -RepairMode is not said.", "Add -RepairMode Customized.").ToErrorRecord(null));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (Path is null) ForItem(Name ?? ImageId ?? Family ?? ObjectKey, () => Create(BuildContent is null ? null : new BuildText(BuildContent, $"-{nameof(BuildContent)}"), Name));
        else
            foreach (var file in new FilePaths(this).Existing(Path, isLiteral: true))
                ForItem(file, () => Create(BuildText.OfFile(file), Name ?? System.IO.Path.GetFileNameWithoutExtension(file)));
    }

    private void Together(string one, string other)
    {
        if (MyInvocation.BoundParameters.ContainsKey(one) && MyInvocation.BoundParameters.ContainsKey(other))
            ThrowTerminatingError(new CmdletInputException("TwoContents", $"-{one} and -{other} are both there.", "Say the commands in one of the two.").ToErrorRecord(null));
    }

    private void Create(BuildText? text, string? name)
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var regionId = RegionId ?? context.RegionId;
        var ids = ImageComponentId.Select(static id => Ids.Check(id, nameof(ImageComponentId))).ToArray();
        if (Read(text, ids) is not { } build || ReadTest() is not { } test) return;

        var source = PipelineSource.Of(Said(), build.Read.BaseImage);
        var components = Await(stop => CalledComponents.ReadAsync(access, regionId, build.Read.Components.Concat(test.Read.Components), stop));
        if (build.Text.Report(this, components.Missing(build.Read, regionId)) | test.Text.Report(this, components.Missing(test.Read, regionId))) return;
        var image = Await(stop => source.ResolveAsync(access, regionId, stop));
        if (ClientToken is null) Await(stop => new PipelineQueries(access).CheckNameAsync(name, regionId, stop));

        var request = Request(regionId, name, source) with { BuildContent = NotEmpty(build.Text.Text), TestContent = NotEmpty(test.Text.Text) };
        var plan = new PipelinePlan(request, source, image, components) { Build = build.Read, Test = request.TestContent is null ? null : test.Read };
        if (!Confirms($"{name ?? "a pipeline"} in {regionId}", "Create image pipeline", plan.Lines)) return;
        WriteObject(Await(stop => new PipelineQueries(access).CreateAsync(request, stop)));
    }

    private (BuildText Text, BuildContent Read)? Read(BuildText? given, string[] componentIds)
    {
        var own = given ?? new BuildText("", $"-{nameof(BuildContent)}");
        if (own.Read(this, BuildContentUse.Template) is not { } read) return null;
        if (componentIds.Length == 0) return (own, read);
        if (read.IsYaml)
            throw new CmdletInputException("ComponentsWithYaml", $"{own.Place} has tasks as YAML, which take no components.", "Make a component of the tasks with New-EcsImageComponent, and name it among the others.");
        // The text with its components is held to the limits again.
        var whole = own with { Text = PipelineContent.With(own.Text, read, componentIds), Place = $"{own.Place} with its components" };
        return whole.Read(this, BuildContentUse.Template) is { } all ? (whole, all) : null;
    }

    private (BuildText Text, BuildContent Read)? ReadTest()
    {
        var text = new BuildText(TestContent ?? "", $"-{nameof(TestContent)}");
        if (TestPath is not null)
        {
            if (new FilePaths(this).Existing(TestPath, isLiteral: true) is not [var file, ..]) return null;
            text = BuildText.OfFile(file);
        }
        return text.Read(this, BuildContentUse.Test) is { } read ? (text, read) : null;
    }

    private PipelineSource? Said() => ParameterSetName switch
    {
        FromImage => new(PipelineSource.Image, Ids.Check(ImageId, nameof(ImageId))),
        FromFamily => new(PipelineSource.Family, Family),
        FromObject or FromMapping => new(PipelineSource.Objects, null),
        _ => null,
    };

    private CreateImagePipelineRequest Request(string regionId, string? name, PipelineSource source) => new()
    {
        RegionId = regionId,
        Name = name,
        Description = Description,
        BaseImageType = source.Type,
        BaseImage = source.Name,
        ImportImageOptions = source.Type == PipelineSource.Objects ? Import() : null,
        InstanceType = InstanceType,
        SystemDiskSize = SystemDiskSizeGiB,
        VSwitchId = VSwitchId,
        InternetMaxBandwidthOut = InternetMaxBandwidthOut,
        DeleteInstanceOnFailure = KeepInstanceOnFailure ? false : null,
        RepairMode = RepairMode,
        RepairItem = RepairItem,
        ImageOptions = (ImageName ?? ImageFamily ?? ImageDescription ?? NvmeSupport ?? (object?)ImageTag) is null ? null : new PipelineImageRequest
        {
            ImageName = ImageName,
            ImageFamily = ImageFamily,
            Description = ImageDescription,
            ImageFeatures = NvmeSupport is null ? null : new NvmeRequest { NvmeSupport = NvmeSupport },
            ImageTags = TagParameter.Request(ImageTag),
        },
        AdvancedOptions = NoImageNameSuffix ? new PipelineAdvancedRequest { ImageNameSuffix = "disable" } : null,
        ToRegionId = DestinationRegionId?.Distinct(StringComparer.Ordinal).ToArray(),
        AddAccount = AccountId?.Distinct(StringComparer.Ordinal).Select(Account).ToArray(),
        Tag = TagParameter.Request(Tag),
        ResourceGroupId = ResourceGroupId,
        // Each file of several has a request of its own.
        ClientToken = ClientTokens.For(ClientToken, $"{regionId}/{name}"),
    };

    private ImportImageOptionsRequest Import() => new()
    {
        DiskDeviceMappings = DiskMapping is null
            ? [new ImportDiskRequest { OSSBucket = BucketName, OSSObject = ObjectKey, Format = Format, DiskImageSize = SizeGiB }]
            : DiskMappings.ReadObjects(DiskMapping, BucketName),
        OSType = OSType,
        Platform = Platform,
        Architecture = Architecture,
        BootMode = BootMode,
        LicenseType = LicenseType,
        Features = SourceNvmeSupport is null ? null : new FeaturesRequest { NvmeSupport = SourceNvmeSupport },
        RoleName = RoleName,
    };

    // Only here does an account travel as a number.
    private static long Account(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : throw new CmdletInputException("InvalidAccount.NotFound", $"'{id}' is not the id of an account.", "Account ids are 16 digits.");

    private static string? NotEmpty(string text) => text.Length == 0 ? null : text;
}
