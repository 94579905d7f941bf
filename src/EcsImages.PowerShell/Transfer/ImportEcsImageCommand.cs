using System.Collections;
using System.Management.Automation;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Transfer;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Files;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;
using EcsImages.PowerShell.Sessions;

namespace EcsImages.PowerShell.Transfer;

/// <summary>Makes a custom image of a disk-image file: of one on this machine, or of one or several objects in a bucket of OSS.</summary>
/// <remarks>
/// <para>A file is looked into first: what it tells (system, architecture, boot mode, NVMe driver) is sent along, what the parameters say goes before it, and what would not boot is refused with the finding and its remedy. Quota, role, bucket and name are checked before the first byte moves. What the service does not take as it is (VMDK, VHDX, VDI, raw disks, gzip and tar around any) is converted to QCOW2 while it is uploaded; zeros do not travel, and no second copy lies on the disk.</para>
/// <para>An import that breaks off, by Ctrl+C, a lost connection or the end of the process, is gone on with by the same command: it sends only what the bucket lacks, and makes no second image. Until it has ended, a small file beside the source (*.ecsimport) holds its state.</para>
/// <para>With -Wait the object is removed from the bucket once the import has ended; -KeepObject keeps it. Without -Wait it has to stay until the import is done, and the cmdlet says so.</para>
/// <para>The service reads the bucket by the RAM role AliyunECSImageImportDefaultRole, to which the owner of an account agrees once, at the console or with these two lines. Accounts of -Local have it from the beginning; those of the emulator do not.</para>
/// <para>Invoke-EcsApi CreateRole -Product ram @{ RoleName = 'AliyunECSImageImportDefaultRole'; AssumeRolePolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}' }</para>
/// <para>Invoke-EcsApi AttachPolicyToRole -Product ram @{ RoleName = 'AliyunECSImageImportDefaultRole'; PolicyType = 'System'; PolicyName = 'AliyunECSImageImportRolePolicy' }</para>
/// </remarks>
/// <example>
/// <code>Import-EcsImage -Path ./disk.vmdk -Name web-2026 -Wait</code>
/// <para>Uploads the disk through a bucket of the account, imports it, and writes the image when it is Available.</para>
/// </example>
/// <example>
/// <code>Import-EcsImage ./disk.vmdk -Name web-2026 -WhatIf</code>
/// <para>Shows what the file is, what would be sent, where to, and what the image would be told to be.</para>
/// </example>
/// <example>
/// <code>Import-EcsImage -BucketName my-images-cn-hangzhou -ObjectKey base.qcow2 -Name base-2026 -Platform Ubuntu -BootMode UEFI</code>
/// <para>Imports an object that lies in a bucket already; its content is not looked into, so the parameters say what it is.</para>
/// </example>
/// <example>
/// <code>Import-EcsImage -BucketName my-images-cn-hangzhou -DiskMapping @{ ObjectKey = 'base.qcow2' }, @{ ObjectKey = 'data.qcow2'; SizeGiB = 100 } -Name both-2026</code>
/// <para>Imports a system disk and a data disk as one image.</para>
/// </example>
[Cmdlet(VerbsData.Import, "EcsImage", DefaultParameterSetName = FromFile, SupportsShouldProcess = true)]
[OutputType(typeof(EcsImage))]
[Calls("ecs:ImportImage", "ecs:DescribeImages", "ecs:DescribeTasks", "ecs:DescribeTaskAttribute", "ecs:ModifyImageAttribute", "quotas:GetProductQuota", "ram:GetRole", "ram:ListPoliciesForRole",
    "oss:GetBucketLocation", "oss:PutBucket", "oss:HeadObject", "oss:PutObject", "oss:InitiateMultipartUpload", "oss:UploadPart", "oss:ListParts",
    "oss:CompleteMultipartUpload", "oss:AbortMultipartUpload", "oss:DeleteObject")]
public sealed class ImportEcsImageCommand : EcsRegionCmdlet
{
    private const string FromFile = "Path";
    private const string FromObject = "Object";
    private const string FromMapping = "DiskMapping";
    private readonly Dictionary<string, (EcsAccess Access, FileImport Import)> _imports = new(StringComparer.Ordinal);
    private Pending<EcsTask>? _pending;
    private ImportCheck? _check;

    /// <summary>The file, each character as it stands.</summary>
    [Parameter(Position = 0, Mandatory = true, ParameterSetName = FromFile, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "FullName", "LiteralPath"), ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The bucket, in the region of the image. A file passes through it, and it is made where it is not there; without it, one of the account's own for that, ecs-image-account-region.</summary>
    [Parameter(ParameterSetName = FromFile)]
    [Parameter(Mandatory = true, ParameterSetName = FromObject)]
    [Parameter(ParameterSetName = FromMapping)]
    [ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <summary>The object in the bucket.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromObject)]
    [ValidateNotNullOrEmpty]
    public string? ObjectKey { get; set; }

    /// <summary>The objects that become disks, each a hashtable with ObjectKey, BucketName, SizeGiB and Format: the system disk first, then up to 16 data disks.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FromMapping)]
    [Alias("DiskDeviceMapping"), ValidateCount(1, 17)]
    public Hashtable[]? DiskMapping { get; set; }

    /// <summary>The name: 2 to 128 characters, unique among one's own images of the region. Without it, that of the file without its extension; for objects the service's choice.</summary>
    [Parameter(Position = 1), ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>The description.</summary>
    [Parameter]
    public string? Description { get; set; }

    /// <summary>The size of the system disk in GiB; without it, that of the disk in the file.</summary>
    [Parameter(ParameterSetName = FromFile), Parameter(ParameterSetName = FromObject), SizeGiB]
    public int? SizeGiB { get; set; }

    /// <summary>RAW, VHD or QCOW2; without it the service looks for itself.</summary>
    [Parameter(ParameterSetName = FromObject), ArgumentCompleter(typeof(ImportFormatCompleter)), ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    /// <summary>linux or windows; without it, what the file tells.</summary>
    [Parameter, ArgumentCompleter(typeof(OSTypeCompleter)), ValidateNotNullOrEmpty]
    public string? OSType { get; set; }

    /// <summary>The distribution; without it, what the file tells.</summary>
    [Parameter, ArgumentCompleter(typeof(ImportPlatformCompleter)), ValidateNotNullOrEmpty]
    public string? Platform { get; set; }

    /// <summary>x86_64, i386 or arm64; without it, what the file tells.</summary>
    [Parameter, ArgumentCompleter(typeof(ArchitectureCompleter)), ValidateNotNullOrEmpty]
    public string? Architecture { get; set; }

    /// <summary>BIOS, UEFI or UEFI-Preferred; without it, what the file tells. An import knows the first two: UEFI-Preferred is imported as BIOS, and set once the image is there, with -Wait; without it a warning names the line that does.</summary>
    [Parameter, ArgumentCompleter(typeof(BootModeCompleter)), ValidateNotNullOrEmpty]
    public string? BootMode { get; set; }

    /// <summary>Whether the image has a driver for NVMe: supported or unsupported; without it, what the file tells.</summary>
    [Parameter, ArgumentCompleter(typeof(NvmeSupportCompleter)), ValidateNotNullOrEmpty]
    public string? NvmeSupport { get; set; }

    /// <summary>v1, or v2 for instances with the hardened metadata service only.</summary>
    [Parameter, ArgumentCompleter(typeof(ImdsSupportCompleter)), ValidateNotNullOrEmpty]
    public string? ImdsSupport { get; set; }

    /// <summary>The license of a Windows: Aliyun, the service's, for which instances may be charged; or BYOL, one's own. Without it Aliyun, with a warning before anything is sent.</summary>
    [Parameter, ArgumentCompleter(typeof(ImportLicenseCompleter)), ValidateNotNullOrEmpty]
    public string? LicenseType { get; set; }

    /// <summary>The RAM role by which the service reads the bucket; without it, AliyunECSImageImportDefaultRole.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? RoleName { get; set; }

    /// <summary>The resource group.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? ResourceGroupId { get; set; }

    /// <summary>Tags for the image.</summary>
    [Parameter, ValidateNotNull]
    public Hashtable? Tag { get; set; }

    /// <summary>Reads the files that a QCOW2 file is based on too, wherever it says that they lie, and imports one disk of all. Say so only for files that you trust.</summary>
    [Parameter(ParameterSetName = FromFile)]
    public SwitchParameter FollowBackingFile { get; set; }

    /// <summary>Imports what would not boot by what the file tells; the findings become warnings.</summary>
    [Parameter(ParameterSetName = FromFile)]
    public SwitchParameter SkipCheck { get; set; }

    /// <summary>Leaves the uploaded object in the bucket.</summary>
    [Parameter(ParameterSetName = FromFile)]
    public SwitchParameter KeepObject { get; set; }

    /// <summary>Waits until the image is Available.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait, in seconds, once all is uploaded.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without importing anything. For a file, -WhatIf shows what would be sent.</summary>
    [Parameter(ParameterSetName = FromObject), Parameter(ParameterSetName = FromMapping)]
    public SwitchParameter DryRun { get; set; }

    /// <summary>A name for this request: run again with the same one, it makes no second image. Each file is a part of it, known by its name.</summary>
    [Parameter, ValidateLength(1, 64)]
    public string? ClientToken { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsTask>(this, "Importing images", static access => FollowKinds.Task(access, justMade: true));
        _check = new ImportCheck(new ImageRoom(Note), Note);
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == FromFile)
        {
            foreach (var file in new FilePaths(this).Existing(Path!, isLiteral: true)) ForItem(file, () => ImportFile(file));
            return;
        }
        ForItem(Name ?? ObjectKey, ImportObjects);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        try
        {
            _pending!.Follow(TimeoutSec, (context, task) => Finish(context, task!), Clear);
        }
        finally
        {
            // What is still here was not waited for to its end, because of Ctrl+C or -TimeoutSec.
            if (_imports.Count > 0 && !KeepObject)
                Host?.UI?.WriteWarningLine("What was uploaded stays in the bucket until the import is done: the same command follows it, and removes it then.");
        }
    }

    /// <summary>Lets go of the files.</summary>
    protected override void Dispose(bool disposing)
    {
        foreach (var (_, import) in _imports.Values) Release(import);
        _imports.Clear();
        base.Dispose(disposing);
    }

    private void ImportFile(string file)
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        // Each file is a request of its own.
        var token = ClientToken is null ? null : ClientTokens.For(ClientToken, $"{RegionId ?? context.RegionId}/{System.IO.Path.GetFileName(file)}");
        var ask = new FileImportAsk(file, Request(RegionId ?? context.RegionId) with { ImageName = Name ?? System.IO.Path.GetFileNameWithoutExtension(file), ClientToken = token })
        {
            BucketName = BucketName,
            SizeGiB = SizeGiB,
            SkipsCheck = SkipCheck,
            OnlyShows = OnlyShows,
        };
        using var bar = new ByteProgress(this, $"Importing {System.IO.Path.GetFileName(file)}");
        var options = EcsFileCmdlet.Options(FollowBackingFile, bar);
        var import = Await(stop => FileImport.PrepareAsync(access, ask, options, _check!, bar, stop));
        var isKept = false;
        try
        {
            Warn(file, import.Verdict);
            if (import.Begun is null) WarnOfLicense(file, import.Plan);
            if (!import.CanResume && !OnlyShows) WriteVerbose($"Nothing can be written beside {file}: should this import break off, the next one begins anew.");
            if (import.Begun is null && !Confirms(Target(import, ask), "Import image")) return;
            var (imageId, taskId) = import.Begun ?? Send(import, bar, file);
            _check!.Take(access, ask.Image.RegionId);
            isKept = Follow(context, access, import, imageId, taskId, ask.Image.RegionId);
        }
        finally
        {
            if (!isKept) Release(import);
        }
    }

    private void Warn(string file, ImportVerdict verdict)
    {
        var findings = verdict.Refusals.Concat(verdict.Warnings).ToArray();
        if (findings.Length == 0) return;
        WriteWarning($"{file}: {string.Join(' ', findings.Select(static f => f.Reason))} Test-EcsImageFile tells what to do about {(findings.Length == 1 ? "it" : "each")}.");
    }

    private void WarnOfLicense(string source, ImportPlan plan)
    {
        if (plan.AssumesLicense) WriteWarning($"{source}: It is a Windows, and will run by a license of the service (Aliyun), for which instances may be charged. With a license of your own, say -LicenseType BYOL.");
    }

    private string Target(FileImport import, FileImportAsk ask) =>
        $"{ask.Image.ImageName} from {ask.Path} in {ask.Image.RegionId} as {import.Plan.ToText(isFollowed: Wait)}; "
        + $"{Sizes.Text(import.UploadBytes)} to upload{(import.IsConverted ? $", converted from {import.SourceFormat} to QCOW2 on the way," : "")} to {import.ObjectKey} in the {(import.Bucket.Exists ? "" : "new ")}bucket {import.Bucket.Name}";

    private (string ImageId, string? TaskId) Send(FileImport import, ByteProgress bar, string file)
    {
        try
        {
            var sent = Await(stop => import.UploadAsync(bar, stop));
            WriteVerbose($"The object {import.ObjectKey} in the bucket {import.Bucket.Name} has {Sizes.Text(sent.Size)}; {Sizes.Text(sent.Kept)} of it lay there already.");
        }
        catch (PipelineStoppedException) when (Stopping && import.CanResume)
        {
            Host?.UI?.WriteWarningLine($"Stopped. What was uploaded of {file} stays in the bucket {import.Bucket.Name}: the same command goes on from there.");
            throw;
        }
        try
        {
            return Await(import.ImportAsync);
        }
        catch (AcsException) when (import.CanResume)
        {
            WriteWarning($"What was uploaded of {file} stays in the bucket {import.Bucket.Name} as {import.ObjectKey}: the same command, with what is to be mended, sends none of it again.");
            throw;
        }
    }

    // Whether the file is still needed: its import has to be cleared away once it has ended.
    private bool Follow(EcsContext context, EcsAccess access, FileImport import, string imageId, string? taskId, string regionId)
    {
        if (Wait && taskId is not null)
        {
            _imports[taskId] = (access, import);
            _pending!.Add(context, taskId, regionId);
            return true;
        }
        var image = SetOrTell(access, Await(stop => new ImageQueries(access).GetNewAsync(imageId, regionId, stop)), import.Plan.BootMode);
        WriteObject(Made(image, taskId));
        if (image.Status is "Available" or "CreateFailed") Await(stop => import.EndAsync(KeepObject, stop));
        else if (!KeepObject) WriteWarning($"The object {import.ObjectKey} in the bucket {import.Bucket.Name} has to stay until the import is done. Run the same command with -Wait to follow it and have the object removed, or remove it yourself.");
        return false;
    }

    private void ImportObjects()
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var disks = DiskMapping is null ? [new ImportDiskRequest { OSSBucket = BucketName, OSSObject = ObjectKey, Format = Format, DiskImageSize = SizeGiB }]
            : DiskMappings.ReadObjects(DiskMapping, BucketName);
        var request = Request(RegionId ?? context.RegionId) with { DiskDeviceMapping = disks, DryRun = DryRun ? true : null, ClientToken = DryRun ? null : ClientTokens.For(ClientToken, $"{RegionId ?? context.RegionId}/{disks[0].OSSBucket}/{disks[0].OSSObject}") };
        var plan = ImportPlan.Of(request);
        var target = $"{Name ?? "an image"} from {string.Join(", ", disks.Select(static d => $"{d.OSSBucket}/{d.OSSObject}"))} in {request.RegionId}";
        if (ClientToken is null && !DryRun) Await(stop => _check!.NeedAsync(access, request.RegionId, Name, RoleName, [.. disks.Select(static d => d.OSSBucket!)], stop));
        WarnOfLicense(target, plan);
        if (!Confirms(target, "Import image")) return;
        var (imageId, taskId) = Await(stop => ImageImports.StartAsync(access, plan.Request, stop));
        _check!.Take(access, request.RegionId);
        if (Wait && taskId is not null) _pending!.Add(context, taskId, request.RegionId);
        else WriteObject(Made(SetOrTell(access, Await(stop => new ImageQueries(access).GetNewAsync(imageId, request.RegionId, stop)), plan.BootMode), taskId));
    }

    private ImportImageRequest Request(string regionId) => new()
    {
        RegionId = regionId,
        ImageName = Name,
        Description = Description,
        OSType = OSType,
        Platform = Platform,
        Architecture = Architecture,
        BootMode = BootMode,
        Features = NvmeSupport is null && ImdsSupport is null ? null : new FeaturesRequest { NvmeSupport = NvmeSupport, ImdsSupport = ImdsSupport },
        LicenseType = LicenseType,
        RoleName = RoleName,
        ResourceGroupId = ResourceGroupId,
        Tag = TagParameter.Request(Tag),
    };

    // The image is there: what goes wrong with the rest is told, and the image is written all the same.
    private void Finish(EcsContext context, EcsTask task)
    {
        var access = AccessOf(context);
        var image = Await(stop => new ImageQueries(access).GetNewAsync(task.ImageId!, task.RegionId, stop));
        var bootMode = _imports.TryGetValue(task.TaskId, out var known) ? known.Import.Plan.BootMode : BootMode == ImportPlan.Preferred && Architecture != "arm64" ? BootMode : null;
        ForItem(task.TaskId, () => Clear(task.TaskId));
        WriteObject(Made(SetOrTell(access, image, bootMode), task.TaskId));
    }

    // What an import cannot say is set once the image is there; who does not wait for that is told how.
    private EcsImage SetOrTell(EcsAccess access, EcsImage image, string? bootMode)
    {
        if (bootMode is null || image.BootMode == bootMode || image.Status == "CreateFailed") return image;
        if (image.Status == "Available") ForItem(image.ImageId, () => image = SetBootMode(access, image, bootMode));
        else
            WriteWarning($"Image {image.ImageId} in {image.RegionId} is imported to boot by {image.BootMode ?? "BIOS"}, which is what an import knows. "
                + $"Once it is Available: Set-EcsImage {image.ImageId} -RegionId {image.RegionId} -BootMode {bootMode}");
        return image;
    }

    private EcsImage SetBootMode(EcsAccess access, EcsImage image, string bootMode)
    {
        var request = new ModifyImageAttributeRequest { RegionId = image.RegionId, ImageId = image.ImageId, BootMode = bootMode };
        var (now, notInEffect) = Await(stop => new ImageChanges(access).ModifyAsync(request, stop));
        foreach (var problem in notInEffect) WriteWarning($"Image {image.ImageId} in {image.RegionId}: {problem}.");
        return now;
    }

    private static EcsImage Made(EcsImage image, string? taskId) => taskId is null ? image : new EcsImportedImage(image, taskId);

    // An object that no image could be made of is of no use either.
    private void Clear(string taskId)
    {
        if (!_imports.Remove(taskId, out var known)) return;
        try
        {
            Await(stop => known.Import.EndAsync(KeepObject, stop));
        }
        finally
        {
            Release(known.Import);
        }
    }

    private void Note(string note) => Post(() => WriteVerbose(note));

    private static void Release(FileImport import) => Task.Run(async () => await import.DisposeAsync().ConfigureAwait(false)).GetAwaiter().GetResult();
}
