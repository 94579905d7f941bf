using System.Text.Json;
using EcsImages.Core.Disks;
using EcsImages.Core.Ecs;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What a file is to become, in the caller's words; what they leave out, the file tells.</summary>
/// <param name="Path">The file, in full.</param>
/// <param name="Image">The image; without its disks.</param>
internal sealed record FileImportAsk(string Path, ImportImageRequest Image)
{
    /// <summary>The bucket to pass through; null for one that is made for that.</summary>
    public string? BucketName { get; init; }

    /// <summary>Of the system disk, in GiB; null for that of the file, in whole GiB.</summary>
    public int? SizeGiB { get; init; }

    /// <summary>Whether an image that would not boot is made all the same.</summary>
    public bool SkipsCheck { get; init; }

    /// <summary>Whether nothing may be written: then nothing is noted either.</summary>
    public bool OnlyShows { get; init; }
}

/// <summary>Makes an image of a file: looks into it, uploads it, and has the service import it. Run again after it broke off, it goes on from there.</summary>
internal sealed class FileImport : IAsyncDisposable
{
    private readonly EcsAccess _access;
    private readonly FileImportAsk _ask;
    private readonly UploadFile _upload;
    private readonly NoteFile<ImportNote>? _note;
    private readonly string _fingerprint;

    private FileImport(EcsAccess access, FileImportAsk ask, UploadFile upload, NoteFile<ImportNote>? note, string fingerprint, ImageBucket bucket, ImportVerdict verdict, ImportPlan plan)
    {
        (_access, _ask, _upload, _note, _fingerprint, Bucket, Verdict, Plan) = (access, ask, upload, note, fingerprint, bucket, verdict, plan);
        ObjectKey = $"{ask.Image.ImageName}-{WorkTag.Of(Identity(access, ask))}.qcow2";
    }

    /// <summary>Where the file passes through.</summary>
    public ImageBucket Bucket { get; }

    /// <summary>The object that the file becomes.</summary>
    public string ObjectKey { get; }

    /// <summary>What may keep an image of the disk from starting.</summary>
    public ImportVerdict Verdict { get; }

    /// <summary>How the file stores the disk.</summary>
    public string SourceFormat => _upload.SourceFormat;

    /// <summary>What the service will be asked for.</summary>
    public ImportPlan Plan { get; }

    /// <summary>How many bytes travel.</summary>
    public long UploadBytes => _upload.Source.Length;

    /// <summary>Whether the file is converted on its way.</summary>
    public bool IsConverted => _upload.IsConverted;

    /// <summary>Whether an import that broke off can be gone on with, should this one break off.</summary>
    public bool CanResume => _note is not null;

    /// <summary>The image that an earlier try has the service making already; null where there is none.</summary>
    public (string ImageId, string? TaskId)? Begun { get; private init; }

    /// <summary>Looks at everything that can be wrong, and changes nothing.</summary>
    /// <param name="access">Whose image it becomes.</param>
    /// <param name="ask">What is to become of it.</param>
    /// <param name="options">How the file is opened.</param>
    /// <param name="check">What the service would refuse.</param>
    /// <param name="progress">Told of what takes long.</param>
    /// <param name="stop">Ends the look.</param>
    /// <exception cref="PreconditionException">The service would refuse, or the image would not start.</exception>
    /// <exception cref="DiskFormatException">The file is damaged, or cannot be read here.</exception>
    public static async Task<FileImport> PrepareAsync(
        EcsAccess access, FileImportAsk ask, DiskFileOptions options, ImportCheck check, IProgress<(string Work, DiskCopyProgress Done)> progress, CancellationToken stop)
    {
        var regionId = ask.Image.RegionId;
        var fingerprint = await FileFingerprint.OfAsync(ask.Path, stop).ConfigureAwait(false);
        var note = ask.OnlyShows ? null : OpenNote(access, ask);
        DiskFile? file = null;
        try
        {
            var begun = await FindBegunAsync(access, note, fingerprint, regionId, stop).ConfigureAwait(false);
            var bucket = await ImageBucket.FindAsync(access, ask.BucketName ?? OfSame(note, fingerprint)?.BucketName, regionId, stop).ConfigureAwait(false);
            // A request that has a token may be a second run: then name and quota are the service's to judge.
            if (OfSame(note, fingerprint) is null && ask.Image.ClientToken is null)
                await check.NeedAsync(access, regionId, ask.Image.ImageName, ask.Image.RoleName, stop).ConfigureAwait(false);
            file = await DiskFile.OpenAsync(ask.Path, options, stop).ConfigureAwait(false);
            var found = await EcsImageFile.DescribeAsync(file, stop).ConfigureAwait(false);
            var plan = ImportPlan.Of(ask.Image, found.Content, ask.SizeGiB, file.Disk.Length);
            var verdict = ImportVerdict.Of(found, plan, access.Today);
            if (verdict.Refusals.Count > 0 && !ask.SkipsCheck) throw verdict.ToException(ask.Path);
            var upload = await UploadFile.OpenAsync(file, isSent: begun is null, progress.Of("Looking for zeros"), stop).ConfigureAwait(false);
            return new FileImport(access, ask, upload, note, fingerprint, bucket, verdict, plan) { Begun = begun };
        }
        catch
        {
            if (file is not null) await file.DisposeAsync().ConfigureAwait(false);
            note?.Dispose();
            throw;
        }
    }

    /// <summary>Has the object in the bucket; what an earlier try has brought there is not sent again.</summary>
    public async Task<UploadedObject> UploadAsync(IProgress<(string Work, DiskCopyProgress Done)> progress, CancellationToken stop)
    {
        await Bucket.NeedAsync(_access, stop).ConfigureAwait(false);
        if (OfSame(_note, _fingerprint) is null) _note?.Keep(new ImportNote(_fingerprint, Bucket.Name, ObjectKey, _ask.Image.ClientToken ?? ClientTokens.New(), RequestText()));
        var oss = _access.Client.Oss;
        if (await HeldObject.FindAsync(oss, Bucket.RegionId, Bucket.Name, ObjectKey, _upload.Source, progress.Of("Comparing with the object that is there"), stop).ConfigureAwait(false) is { } held)
            return held;
        return await ObjectUpload.RunAsync(oss, new UploadJob(Bucket.RegionId, Bucket.Name, ObjectKey, _upload.Source)
        {
            CheckpointPath = UploadPath,
            Fingerprint = _fingerprint,
            FingerprintNow = stopped => FileFingerprint.OfAsync(_ask.Path, stopped),
            Progress = progress.Of("Uploading"),
        }, stop).ConfigureAwait(false);
    }

    /// <summary>Has the service make the image of the object.</summary>
    public async Task<(string ImageId, string? TaskId)> ImportAsync(CancellationToken stop)
    {
        var token = _ask.Image.ClientToken;
        if (_note?.Note is { } noted)
        {
            // What is asked for now is another request: under the old token it would be refused.
            if (token is null && noted.Request != RequestText()) _note.Keep(noted = noted with { ClientToken = ClientTokens.New(), Request = RequestText() });
            token ??= noted.ClientToken;
        }
        var request = Plan.Request with
        {
            DiskDeviceMapping = [new ImportDiskRequest { OSSBucket = Bucket.Name, OSSObject = ObjectKey, Format = UploadFile.Format, DiskImageSize = Plan.SizeGiB }],
            ClientToken = token ?? ClientTokens.New(),
        };
        var begun = await ImageImports.StartAsync(_access, request, stop).ConfigureAwait(false);
        if (_note?.Note is { } note) _note.Keep(note with { ImageId = begun.ImageId, TaskId = begun.TaskId });
        return begun;
    }

    /// <summary>The import has ended: nothing is left of it, but for the object where that is to be kept.</summary>
    public async Task EndAsync(bool keepsObject, CancellationToken stop)
    {
        if (!keepsObject) await _access.Client.Oss.DeleteObjectAsync(Bucket.RegionId, Bucket.Name, ObjectKey, stop).ConfigureAwait(false);
        if (UploadPath is { } state) File.Delete(state);
        _note?.Delete();
    }

    public async ValueTask DisposeAsync()
    {
        await _upload.DisposeAsync().ConfigureAwait(false);
        _note?.Dispose();
    }

    // Where the upload keeps its own state.
    private string? UploadPath => _note is null ? null : _note.Path + ".upload";

    private static string[] Identity(EcsAccess access, FileImportAsk ask) => [access.AccountId, ask.Image.RegionId, ask.Image.ImageName ?? "", ask.BucketName ?? ""];

    // Where nothing can be written beside the file, an import that breaks off begins anew.
    private static NoteFile<ImportNote>? OpenNote(EcsAccess access, FileImportAsk ask)
    {
        try
        {
            return NoteFile<ImportNote>.Open($"{ask.Path}.{WorkTag.Of(Identity(access, ask))}.ecsimport", NoteJson.Default.ImportNote);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static ImportNote? OfSame(NoteFile<ImportNote>? file, string fingerprint) => file?.Note is { } note && note.Fingerprint == fingerprint ? note : null;

    // An image that is gone meanwhile, by hand or because its task was cancelled, is made again.
    private static async Task<(string ImageId, string? TaskId)?> FindBegunAsync(EcsAccess access, NoteFile<ImportNote>? file, string fingerprint, string regionId, CancellationToken stop)
    {
        if (OfSame(file, fingerprint) is not { ImageId: { } imageId } note) return null;
        if (await new ImageQueries(access).FindAsync([imageId], regionId, stop).ConfigureAwait(false) is [_, ..]) return (imageId, note.TaskId);
        file!.Keep(note with { ImageId = null, TaskId = null, ClientToken = ClientTokens.New() });
        return null;
    }

    // The disk is named only when it is sent; its size is asked for too.
    private string RequestText() => $"{Plan.SizeGiB} {JsonSerializer.Serialize(Plan.Request with { ClientToken = null }, EcsJson.Default.ImportImageRequest)}";
}
