using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Updating;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Files;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;
using EcsImages.PowerShell.Updates;

namespace EcsImages.PowerShell.Images;

/// <summary>Makes a newer image of one's own image: Operation Orchestration Service (OOS) launches an instance of it, runs a script or installs a package there, makes an image of the instance, and deletes the instance. The old image stays as it is.</summary>
/// <remarks>
/// <para>It starts the public template ACS-ECS-UpdateImage. Before that it checks what can be told: whose the image is and whether it is Available, whether it starts on the type, whether the script is for its system, the name, the quota, and the network. The service works with the rights of the caller, unless -OosRoleName names a role for it; Get-EcsRamPolicy -Cmdlet Update-EcsImage writes the policy for a script in a network that there is. A role of the instance or of OOS takes ram:PassRole on that role besides.</para>
/// <para>Without -Wait the update is written at once, and goes on at the service: Get-EcsImageUpdate shows it from any shell, Wait-EcsImageUpdate follows it, Stop-EcsImageUpdate breaks it off.</para>
/// <para>On the embedded endpoint no instance runs: the script or package is recorded, the image is made without it, and a warning says so.</para>
/// </remarks>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Update-EcsImage -Command 'dnf -y upgrade' -InstanceType ecs.g7.large -Name web-2026-12 -Wait</code>
/// <para>Patches an image in the default network of the region, and writes the update when the new image is there.</para>
/// </example>
/// <example>
/// <code>
/// $update = Get-EcsImage -Name web-2026-11 | Update-EcsImage -Path ./patch.sh -InstanceType ecs.g7.large -CreateVpc -InternetMaxBandwidthOut 10
/// $update | Wait-EcsImageUpdate -TimeoutSec 3600 | Get-EcsImage
/// </code>
/// <para>Runs a script file in a network that is made for the time, with a way to the internet, and gets the new image.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Update-EcsImage -PackageName ACS-Extension-node-1853370294850618 -InstanceType ecs.g7.large -Tag @{ stage = 'test' }</code>
/// <para>Installs a package of OOS. Without -Wait the update is written at once.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Update-EcsImage -Path ./patch.sh -InstanceType ecs.g7.large -Name web-2026-12 -WhatIf</code>
/// <para>Shows what would run, where, and how the new image would be called.</para>
/// </example>
[Cmdlet(VerbsData.Update, "EcsImage", DefaultParameterSetName = ByCommand, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImageUpdate))]
[Calls("oos:StartExecution", "oos:ListExecutions", "oos:ListTaskExecutions", "oos:ListExecutionLogs", "ecs:DescribeImages", "ecs:DescribeInstanceTypes",
    "ecs:DescribeVSwitches", "ecs:DescribeSecurityGroups", "quotas:GetProductQuota",
    // The tasks of the template. Source: ACS-ECS-UpdateImage; for those of Cloud Assistant the policy AliyunServiceRolePolicyForOOSPatchManager.
    OnBehalf =
    [
        "ecs:RunInstances", "ecs:DescribeInstances", "ecs:InstallCloudAssistant", "ecs:DescribeCloudAssistantStatus", "ecs:RunCommand", "ecs:DescribeInvocations",
        "ecs:DescribeInvocationResults", "ecs:StopInstance", "ecs:CreateImage", "ecs:DeleteInstance",
    ])]
public sealed class UpdateEcsImageCommand : EcsRegionCmdlet
{
    private const string ByCommand = "Command";
    private const string ByPath = "Path";
    private const string ByPackage = "Package";

    private readonly Dictionary<(string Account, string Region), InstanceTypeCatalog> _types = [];
    private readonly HashSet<(string Account, string Region)> _named = [];
    private Pending<EcsImageUpdate>? _pending;
    private ImageRoom? _room;
    private string? _file;
    private string? _script;

    /// <summary>The images to update: one's own, and Available.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The script to run, as text: of the shell on Linux, of PowerShell on Windows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByCommand), ValidateNotNullOrEmpty]
    public string? Command { get; set; }

    /// <summary>The file of the script to run, each character of the path as it stands: .sh on Linux; .ps1, .bat or .cmd on Windows.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [Alias("PSPath", "FullName", "LiteralPath"), ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>RunShellScript, RunPowerShellScript or RunBatScript; without it, what the file's extension or the image's system tells.</summary>
    [Parameter(ParameterSetName = ByCommand), Parameter(ParameterSetName = ByPath), ArgumentCompleter(typeof(CommandTypeCompleter)), ValidateNotNullOrEmpty]
    public string? CommandType { get; set; }

    /// <summary>How long the script may run, in seconds; without it, 600.</summary>
    [Parameter(ParameterSetName = ByCommand), Parameter(ParameterSetName = ByPath), ValidateRange(10, 86400)]
    public int? CommandTimeoutSec { get; set; }

    /// <summary>The package of OOS to install.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPackage), ValidateNotNullOrEmpty]
    public string? PackageName { get; set; }

    /// <summary>The version of the package; without it, the newest.</summary>
    [Parameter(ParameterSetName = ByPackage), ValidateNotNullOrEmpty]
    public string? PackageVersion { get; set; }

    /// <summary>The parameters of the package.</summary>
    [Parameter(ParameterSetName = ByPackage), ValidateNotNull]
    public Hashtable? PackageParameter { get; set; }

    /// <summary>The type of the instance that the update runs on, such as ecs.g7.large: one that the image starts on.</summary>
    [Parameter(Position = 1, Mandatory = true), ArgumentCompleter(typeof(InstanceTypeCompleter)), ValidateNotNullOrEmpty]
    public string? InstanceType { get; set; }

    /// <summary>The name of the new image: 2 to 128 characters, unique among one's own images of the region. Without it, UpdateImage_from_(image)_on_(execution).</summary>
    [Parameter(Position = 2), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Tags for the new image.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>The vSwitch for the instance, together with -SecurityGroupId. Without both, the default vSwitch of the region and the one security group of its VPC.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VSwitchId { get; set; }

    /// <summary>The security group for the instance, of the same VPC as -VSwitchId.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? SecurityGroupId { get; set; }

    /// <summary>The zone; without it, that of the vSwitch, else the first that has a default vSwitch.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ZoneId { get; set; }

    /// <summary>Has a network made for the instance, and deleted after it.</summary>
    [Parameter]
    public SwitchParameter CreateVpc { get; set; }

    /// <summary>The addresses of the network that is made; without it, 192.168.0.0/16.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VpcCidrBlock { get; set; }

    /// <summary>The addresses of its vSwitch; without it, 192.168.1.0/24.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? VSwitchCidrBlock { get; set; }

    /// <summary>The bandwidth of the instance to the internet, in Mbit/s. Without it, 0: the instance has no public address, and a script that downloads needs another way out.</summary>
    [Parameter, ValidateRange(0, 100)]
    public int? InternetMaxBandwidthOut { get; set; }

    /// <summary>The category of the instance's system disk; without it, cloud_essd.</summary>
    [Parameter, ArgumentCompleter(typeof(DiskCategoryCompleter)), ValidateNotNullOrEmpty]
    public string? SystemDiskCategory { get; set; }

    /// <summary>The RAM role of the instance, whose rights the script has.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? RamRoleName { get; set; }

    /// <summary>The RAM role that OOS works with; without it, it works with the rights of the caller.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? OosRoleName { get; set; }

    /// <summary>Waits until the new image is there.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>A name for this request: run again with the same one, it starts no second update of an image, and makes no second image.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsImageUpdate>(this, "Updating images", static access => UpdateFollowing.Kind(access, justStarted: true));
        _room = new ImageRoom(note => Post(() => WriteVerbose(note)));
        try
        {
            CheckNetwork();
            CreatePreconditions.CheckWord(Name);
            if (Path is null) return;
            _file = new FilePaths(this).Place(Path);
            if (!File.Exists(_file)) throw new CmdletInputException("FileNotFound", $"There is no file '{Path}'.", category: ErrorCategory.ObjectNotFound);
            _script = Await(stop => UpdateCommand.ReadAsync(_file, stop));
        }
        catch (Exception e) when (Errors.IsExpected(e))
        {
            // It is the same for every image.
            ThrowTerminatingError(e.ToErrorRecord(Path ?? Name ?? InstanceType, MyInvocation.MyCommand.Name));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var (access, regionId) = (AccessOf(context), RegionId ?? context.RegionId);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, regionId, stop));
        UpdatePreconditions.CheckOwn(image);
        var command = ParameterSetName == ByPackage ? null : UpdateCommand.Of(_script ?? Command!, _file is null ? null : System.IO.Path.GetFileName(_file), CommandType, image.OSType);
        if (command is { HasForeignLineEnds: true }) WriteWarning($"{_file ?? "The command"} has the line ends of Windows (CR LF); a shell takes the CR for a part of each line.");
        Await(stop => UpdatePreconditions.CheckTypeAsync(image, InstanceType!, SystemDiskCategory, TypesOf(access, regionId), stop));
        // A request that has a token may be a second run: then name, state and quota are the service's to judge.
        if (ClientToken is null) CheckRoom(access, image);
        var request = Request(image, command, Await(stop => NetworkAsync(access, regionId, stop)));
        var target = $"{image.Name} ({id}) in {regionId}: {request.What} on {InstanceType} in {request.Network}; the new image is {Name ?? "named by the service"}";
        if (!Confirms(target, "Update image")) return;
        Start(context, access, request);
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, update) => this.WriteUpdate(update!));

    private void CheckNetwork()
    {
        var isNamed = (VSwitchId ?? SecurityGroupId) is not null;
        if (isNamed && (VSwitchId is null || SecurityGroupId is null))
            throw new CmdletInputException("NetworkIncomplete", $"-{(VSwitchId is null ? nameof(SecurityGroupId) : nameof(VSwitchId))} is given without -{(VSwitchId is null ? nameof(VSwitchId) : nameof(SecurityGroupId))}.",
                "Name both, which must be of one VPC; or leave both out for the default network of the region.");
        if (isNamed && CreateVpc) throw new CmdletInputException("NetworkConflict", "-CreateVpc makes a network, and -VSwitchId names one that there is.", "Leave one of them out.");
        if (CreateVpc) _ = UpdateNetwork.ToMake(VpcCidrBlock, VSwitchCidrBlock, ZoneId);
        else if ((VpcCidrBlock ?? VSwitchCidrBlock) is not null)
            throw new CmdletInputException("NetworkConflict", "-VpcCidrBlock and -VSwitchCidrBlock are for a network that is made.", "Add -CreateVpc.");
    }

    private Task<UpdateNetwork> NetworkAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        CreateVpc ? Task.FromResult(UpdateNetwork.ToMake(VpcCidrBlock, VSwitchCidrBlock, ZoneId))
        : VSwitchId is null ? new UpdateNetworks(access, regionId).DefaultAsync(ZoneId, stop)
        : new UpdateNetworks(access, regionId).NamedAsync(VSwitchId, SecurityGroupId!, ZoneId, stop);

    private void CheckRoom(EcsAccess access, EcsImage image)
    {
        UpdatePreconditions.CheckAvailable(image);
        if (Name is not null && !_named.Add((access.AccountId, image.RegionId)))
            throw new PreconditionException("InvalidImageName.Duplicated", $"-Name '{Name}' names one new image in {image.RegionId}, and several images are to be updated. Leave -Name out, or update one at a time.");
        Await(stop => new CreatePreconditions(access).CheckNameAsync(Name, image.RegionId, stop));
        Await(stop => _room!.NeedAsync(access, image.RegionId, stop));
    }

    private void Start(EcsContext context, EcsAccess access, UpdateRequest request)
    {
        var update = Await(stop => new ImageUpdates(access).StartAsync(request, stop));
        _room!.Take(access, request.RegionId);
        WriteVerbose($"The execution {update.ExecutionId} of {UpdateTemplate.Name} in {request.RegionId} was started.");
        if (Wait) _pending!.Add(context, update.ExecutionId, request.RegionId);
        else this.WriteUpdate(update);
    }

    private InstanceTypeCatalog TypesOf(EcsAccess access, string regionId) =>
        _types.TryGetValue((access.AccountId, regionId), out var known) ? known : _types[(access.AccountId, regionId)] = new(access, regionId);

    private UpdateRequest Request(EcsImage image, UpdateCommand? command, UpdateNetwork network) => new()
    {
        RegionId = image.RegionId,
        SourceImageId = image.ImageId,
        InstanceType = InstanceType!,
        Command = command,
        CommandTimeoutSeconds = CommandTimeoutSec,
        PackageName = PackageName,
        PackageVersion = PackageVersion,
        PackageParameters = PackageParameter is null ? null : JsonParameter.Object(PackageParameter, "-" + nameof(PackageParameter)),
        ImageName = Name,
        Tags = Tags.Read(Tag),
        Network = network,
        InternetMaxBandwidthOut = InternetMaxBandwidthOut,
        RamRoleName = RamRoleName,
        OosRoleName = OosRoleName,
        SystemDiskCategory = SystemDiskCategory,
        // Each image of several has a request of its own.
        ClientToken = ClientTokens.For(ClientToken, image.ImageId),
    };
}
