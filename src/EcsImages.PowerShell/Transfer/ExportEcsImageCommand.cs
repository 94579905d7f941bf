using System.Management.Automation;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Transfer;
using EcsImages.PowerShell.Completion;
using EcsImages.PowerShell.Files;
using EcsImages.PowerShell.Parameters;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Transfer;

/// <summary>Writes custom images as disk-image files: into a bucket of OSS, and with -Destination to this machine.</summary>
/// <remarks>
/// <para>The service writes one object for each disk: a raw disk in a .raw.tar.gz, or in some regions, with -Format, another format. With -Destination they are downloaded by ranges, taken out of their packages, converted to what the extension of the file names, compared with what was downloaded, and then removed from the bucket; -KeepObject keeps them. Data disks get files of their own beside it, named after their devices.</para>
/// <para>An export that breaks off is gone on with by the same command: the service's work is not begun again, what was downloaded is not fetched again, and disks that are in their place stay as they are. Until it has ended, a small file beside the destination (*.ecsexport) holds its state.</para>
/// <para>The service writes to the bucket by the RAM role AliyunECSImageExportDefaultRole, to which the owner of an account agrees once, at the console or with these two lines. Accounts of -Local have it from the beginning; those of the emulator do not.</para>
/// <para>Invoke-EcsApi CreateRole -Product ram @{ RoleName = 'AliyunECSImageExportDefaultRole'; AssumeRolePolicyDocument = '{"Version":"1","Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"Service":["ecs.aliyuncs.com"]}}]}' }</para>
/// <para>Invoke-EcsApi AttachPolicyToRole -Product ram @{ RoleName = 'AliyunECSImageExportDefaultRole'; PolicyType = 'System'; PolicyName = 'AliyunECSImageExportRolePolicy' }</para>
/// </remarks>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Export-EcsImage -Destination ./web.qcow2 -Wait</code>
/// <para>Brings an image to this machine as a QCOW2 file.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Export-EcsImage -BucketName my-images-cn-hangzhou -Prefix web</code>
/// <para>Has the image written into a bucket, and returns at once; Wait-EcsTask follows it.</para>
/// </example>
/// <example>
/// <code>Get-EcsImage -Name web-2026-11 | Export-EcsImage -Destination ./web.vmdk -KeepObject -WhatIf</code>
/// <para>Shows what would be exported, through which bucket, and where to.</para>
/// </example>
[Cmdlet(VerbsData.Export, "EcsImage", SupportsShouldProcess = true)]
[OutputType(typeof(EcsImageExport))]
[Calls("ecs:ExportImage", "ecs:DescribeImages", "ecs:DescribeTasks", "ecs:DescribeTaskAttribute", "ram:GetRole", "ram:ListPoliciesForRole",
    "oss:GetBucketLocation", "oss:PutBucket", "oss:ListObjects", "oss:HeadObject", "oss:GetObject", "oss:DeleteObject")]
public sealed class ExportEcsImageCommand : EcsRegionCmdlet
{
    private readonly Dictionary<string, (EcsAccess Access, ImageExport Export)> _exports = new(StringComparer.Ordinal);
    private readonly HashSet<string> _places = new(StringComparer.OrdinalIgnoreCase);
    private Pending<EcsTask>? _pending;

    /// <summary>The images; one's own.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Id"), ArgumentCompleter(typeof(OwnImageIdCompleter))]
    [IdOf(typeof(EcsImage))]
    public string[] ImageId { get; set; } = [];

    /// <summary>The bucket to write to, in the region of the image; it is made where it is not there. Without it, one of the account's own for that, ecs-image-account-region.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? BucketName { get; set; }

    /// <summary>How the names of the objects begin: 1 to 30 letters and digits. Without it, a word that no other export has.</summary>
    [Parameter, Alias("OSSPrefix"), ValidatePattern("^[A-Za-z0-9]{1,30}$")]
    public string? Prefix { get; set; }

    /// <summary>The format of the objects: raw, vhd, qcow2, vmdk or vdi. Regions that have no choice write raw and refuse the others. What is downloaded is converted to the extension of -Destination all the same.</summary>
    [Parameter, ArgumentCompleter(typeof(ExportFormatCompleter)), ValidateNotNullOrEmpty]
    public string? Format { get; set; }

    /// <summary>The file on this machine: .qcow2, .raw, .img, .vhd, .vhdx, .vmdk, or .raw.tar.gz as it comes; or a folder, in which it gets the name of the image. It waits for the export.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Destination { get; set; }

    /// <summary>Replaces files that are there, but for those that an earlier try of the same export has finished.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Leaves the objects in the bucket once they are on this machine.</summary>
    [Parameter]
    public SwitchParameter KeepObject { get; set; }

    /// <summary>The RAM role by which the service writes to the bucket; without it, AliyunECSImageExportDefaultRole.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? RoleName { get; set; }

    /// <summary>Waits until the objects are written. With -Destination it always waits.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <summary>How long to wait for the service, in seconds.</summary>
    [Parameter, ValidateRange(1, int.MaxValue)]
    public int? TimeoutSec { get; set; }

    /// <summary>Has the service check the request without exporting anything.</summary>
    [Parameter]
    public SwitchParameter DryRun { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _pending = new Pending<EcsTask>(this, "Exporting images", static access => FollowKinds.Task(access, justMade: true));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord() => ForEachItem(ImageId, nameof(ImageId), id =>
    {
        var context = ResolveContext();
        var access = AccessOf(context);
        var image = Await(stop => new ImageQueries(access).GetAsync(id, RegionId ?? context.RegionId, stop));
        var ask = new ImageExportAsk(image)
        {
            BucketName = BucketName,
            Prefix = Prefix,
            Format = Format?.ToLowerInvariant(),
            RoleName = RoleName,
            Place = Destination is null ? null : Place(image),
            Replaces = Force,
            OnlyShows = OnlyShows || DryRun,
        };
        var export = Await(stop => ImageExport.PrepareAsync(access, ask, note => Post(() => WriteVerbose(note)), stop));
        var isKept = false;
        try
        {
            if (export.Begun is null && !Confirms(Target(export, ask), "Export image")) return;
            var taskId = export.Begun ?? Await(stop => export.StartAsync(DryRun, stop));
            isKept = Wait || ask.Place is not null;
            if (isKept)
            {
                _exports[taskId] = (access, export);
                _pending!.Add(context, taskId, image.RegionId);
            }
            else
            {
                WriteObject(Result(export, taskId, "Processing"));
            }
        }
        finally
        {
            if (!isKept) export.Dispose();
        }
    });

    /// <inheritdoc/>
    protected override void EndProcessing() => _pending!.Follow(TimeoutSec, (_, task) => Finish(task!), Clear);

    /// <summary>Lets go of the files.</summary>
    protected override void Dispose(bool disposing)
    {
        foreach (var (_, export) in _exports.Values) export.Dispose();
        _exports.Clear();
        base.Dispose(disposing);
    }

    private ExportPlace Place(EcsImage image)
    {
        var place = ExportPlace.Of(new FilePaths(this).Place(Destination!), image.Name ?? image.ImageId, Format?.ToLowerInvariant())
            ?? throw new CmdletInputException("FormatUnknown", $"The extension of '{Destination}' names no format that is written here.",
                "Name a file that ends with .qcow2, .raw, .img, .vhd, .vhdx, .vmdk or .raw.tar.gz; or a folder that is there.");
        if (System.IO.Path.GetDirectoryName(place.Path) is not { } folder || !Directory.Exists(folder))
            throw new CmdletInputException("FolderNotFound", $"There is no folder for '{place.Path}'.", "Make it first.", ErrorCategory.ObjectNotFound);
        if (!_places.Add(place.Path))
            throw new CmdletInputException("FileNamedTwice", $"'{place.Path}' is the file of another image already.", "Name a folder with -Destination: each image gets a file of its own in it.");
        return place;
    }

    private static string Target(ImageExport export, ImageExportAsk ask) =>
        $"{ask.Image.Name} ({ask.Image.ImageId}, {ask.Image.SizeGiB} GiB{(ask.Image.Disks.Count > 1 ? $" and {ask.Image.Disks.Count - 1} data disk(s)" : "")}) in {ask.Image.RegionId} "
        + $"{(ask.Place is null ? "into" : "through")} the {(export.Bucket.Exists ? "" : "new ")}bucket {export.Bucket.Name}{(ask.Place is { } place ? $" to {place.Path}" : $" as {export.Prefix}*")}";

    private void Finish(EcsTask task)
    {
        var (_, export) = _exports[task.TaskId];
        try
        {
            var keys = Await(stop => export.FindObjectsAsync(task, stop));
            var files = Destination is null ? [] : Download(export, keys);
            WriteObject(Result(export, task.TaskId, task.Status ?? "Finished") with { ObjectKey = [.. keys], Path = [.. files] });
        }
        finally
        {
            _exports.Remove(task.TaskId);
            export.Dispose();
        }
    }

    private IReadOnlyList<string> Download(ImageExport export, IReadOnlyList<string> keys)
    {
        using var bar = new ByteProgress(this, $"Bringing {export.Image.Name} here");
        try
        {
            return Await(stop => export.DownloadAsync(keys, KeepObject, EcsFileCmdlet.Options(followsBackingFiles: false, bar), bar, stop));
        }
        catch (PipelineStoppedException) when (Stopping)
        {
            Host?.UI?.WriteWarningLine("Stopped. What was downloaded is kept beside the destination, and the export in the bucket: the same command goes on from there.");
            throw;
        }
    }

    // The next try begins a new export.
    private void Clear(string taskId)
    {
        if (_exports.Remove(taskId, out var known)) known.Export.End();
    }

    private static EcsImageExport Result(ImageExport export, string taskId, string status) => new()
    {
        ImageId = export.Image.ImageId,
        ImageName = export.Image.Name,
        TaskId = taskId,
        Status = status,
        BucketName = export.Bucket.Name,
        RegionId = export.Image.RegionId,
        ContextAccountId = export.Image.ContextAccountId,
    };
}
