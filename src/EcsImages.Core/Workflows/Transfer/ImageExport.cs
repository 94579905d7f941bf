using EcsImages.Core.Disks;
using EcsImages.Core.Ecs;
using EcsImages.Core.Files;
using EcsImages.Core.Images;
using EcsImages.Core.Machines;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What is to become of an image.</summary>
/// <param name="Image">The image.</param>
internal sealed record ImageExportAsk(EcsImage Image)
{
    /// <summary>The bucket to write to; null for one that is made for that.</summary>
    public string? BucketName { get; init; }

    /// <summary>How the names of the objects begin; null for one that no other export has.</summary>
    public string? Prefix { get; init; }

    /// <summary>raw, vhd, qcow2, vmdk or vdi; null leaves it to the service.</summary>
    public string? Format { get; init; }

    public string? RoleName { get; init; }

    /// <summary>Where the files go on this machine; null where they stay in the bucket.</summary>
    public ExportPlace? Place { get; init; }

    /// <summary>Whether files that are there are replaced.</summary>
    public bool Replaces { get; init; }

    /// <summary>Whether nothing may be written: then nothing is noted either.</summary>
    public bool OnlyShows { get; init; }
}

/// <summary>Writes an image as files: into a bucket, and from there to this machine. Run again after it broke off, it goes on from there.</summary>
internal sealed class ImageExport : IDisposable
{
    private readonly EcsAccess _access;
    private readonly ImageExportAsk _ask;
    private readonly NoteFile<ExportNote>? _notes;

    private ImageExport(EcsAccess access, ImageExportAsk ask, ImageBucket bucket, NoteFile<ExportNote>? notes, ExportNote? begun)
    {
        (_access, _ask, Bucket, _notes, Begun) = (access, ask, bucket, notes, begun?.TaskId);
        Prefix = begun?.Prefix ?? ask.Prefix ?? ImageExports.NewPrefix();
    }

    public EcsImage Image => _ask.Image;

    public ImageBucket Bucket { get; }

    public string Prefix { get; }

    /// <summary>The task of an earlier try; null where there is none that can be gone on with.</summary>
    public string? Begun { get; }

    /// <summary>Looks at everything that can be wrong, and changes nothing.</summary>
    /// <exception cref="PreconditionException">The service would refuse, or there is a file already (FileExists).</exception>
    public static async Task<ImageExport> PrepareAsync(EcsAccess access, ImageExportAsk ask, Action<string> note, CancellationToken stop)
    {
        // Notes lie beside the file; a folder that cannot be written to fails here, before anything is begun.
        var path = ask.Place is null ? null : ask.Place.Path + ".ecsexport";
        var notes = path is null || ask.OnlyShows ? null : NoteFile<ExportNote>.Open(path, NoteJson.Default.ExportNote);
        try
        {
            var noted = path is not null && ask.OnlyShows ? NoteFile<ExportNote>.Peek(path, NoteJson.Default.ExportNote) : notes?.Note;
            var earlier = await FindBegunAsync(access, ask, noted, stop).ConfigureAwait(false);
            CheckPlace(ask, earlier);
            var begun = ask.OnlyShows ? null : earlier;
            var bucket = await ImageBucket.FindAsync(access, begun?.BucketName ?? ask.BucketName, ask.Image.RegionId, stop).ConfigureAwait(false);
            if (begun is null) await new ImageExports(access).CheckAsync(ask.Image, ask.RoleName, note, stop).ConfigureAwait(false);
            return new ImageExport(access, ask, bucket, notes, begun);
        }
        catch
        {
            notes?.Dispose();
            throw;
        }
    }

    /// <summary>Has the service begin.</summary>
    /// <returns>The id of the task.</returns>
    public async Task<string> StartAsync(bool isDryRun, CancellationToken stop)
    {
        if (!isDryRun) await Bucket.NeedAsync(_access, stop).ConfigureAwait(false);
        var taskId = await new ImageExports(_access).StartAsync(new ExportImageRequest
        {
            RegionId = Image.RegionId,
            ImageId = Image.ImageId,
            OSSBucket = Bucket.Name,
            OSSPrefix = Prefix,
            ImageFormat = _ask.Format,
            RoleName = _ask.RoleName,
            DryRun = isDryRun ? true : null,
        }, stop).ConfigureAwait(false);
        _notes?.Keep(new ExportNote(Image.ImageId, Bucket.Name, Prefix, _ask.Format ?? "", taskId));
        return taskId;
    }

    /// <summary>The objects of the task once it has finished.</summary>
    public async Task<IReadOnlyList<string>> FindObjectsAsync(EcsTask task, CancellationToken stop)
    {
        // An earlier try may have removed some of them from the bucket.
        if (_notes?.Note?.ObjectKeys is { } known) return known;
        var keys = await new ImageExports(_access).FindObjectsAsync(task, Bucket.Name, Prefix, stop).ConfigureAwait(false);
        if (_notes?.Note is { } note) _notes.Keep(note with { ObjectKeys = keys });
        return keys;
    }

    /// <summary>Brings the objects to their place, but for those that an earlier try has brought there, and removes them unless they are to be kept.</summary>
    /// <returns>The files, in full.</returns>
    public async Task<IReadOnlyList<string>> DownloadAsync(
        IReadOnlyList<string> keys, bool keepsObjects, DiskFileOptions options, IProgress<(string Work, DiskCopyProgress Done)> progress, CancellationToken stop)
    {
        var wanted = keys.Select((key, index) => (Key: key, Path: _ask.Place!.PathOf(key, index))).ToArray();
        var missing = new List<(string Key, string Path)>();
        foreach (var (key, path) in wanted)
            if (!await IsHereAsync(key, path, stop).ConfigureAwait(false)) missing.Add((key, path));
        // Which data disks there are, and so which files, is known only now.
        if (!_ask.Replaces && missing.Find(static m => File.Exists(m.Path)) is { Path: { } there })
            throw new IOException($"There is a file '{there}' already. Replace it with -Force, or move it away; the same command then goes on from here.");
        var download = new ExportDownload(_access, Image.RegionId, Bucket.Name, _ask.Place!, progress);
        foreach (var (key, path) in missing)
        {
            var eTag = await download.RunAsync(key, path, options, stop).ConfigureAwait(false);
            if (_notes?.Note is { } note) _notes.Keep(note with { Files = [.. note.Files ?? [], ExportedFile.Of(key, eTag, path)] });
        }
        if (!keepsObjects)
            foreach (var key in keys) await _access.Client.Oss.DeleteObjectAsync(Image.RegionId, Bucket.Name, key, stop).ConfigureAwait(false);
        End();
        return [.. wanted.Select(static w => w.Path)];
    }

    /// <summary>The export has ended, for good or ill: the next one begins anew.</summary>
    public void End() => _notes?.Delete();

    public void Dispose() => _notes?.Dispose();

    // A file that an earlier try has put there is no obstacle.
    private static void CheckPlace(ImageExportAsk ask, ExportNote? earlier)
    {
        if (ask.Place is { } place && !ask.Replaces && File.Exists(place.Path) && earlier?.Own(place.Path) is null)
            throw new PreconditionException("FileExists", $"There is a file '{place.Path}' already.");
    }

    // Whether the file is there that the object becomes; it may be that the object is gone since.
    private async Task<bool> IsHereAsync(string key, string path, CancellationToken stop)
    {
        if (_notes?.Note?.Own(path) is not { } file || file.ObjectKey != key) return false;
        var head = await _access.Client.Oss.FindObjectAsync(Image.RegionId, Bucket.Name, key, stop).ConfigureAwait(false);
        return head is null || head.ETag == file.ETag;
    }

    // What another export of the image, or one that failed or was forgotten, has noted counts no more.
    private static async Task<ExportNote?> FindBegunAsync(EcsAccess access, ImageExportAsk ask, ExportNote? noted, CancellationToken stop)
    {
        if (noted is not { } note || note.ImageId != ask.Image.ImageId || note.Format != (ask.Format ?? "")
            || (ask.BucketName ?? note.BucketName) != note.BucketName || (ask.Prefix ?? note.Prefix) != note.Prefix) return null;
        return await new TaskQueries(access).FindAsync([note.TaskId], ask.Image.RegionId, stop).ConfigureAwait(false) is [{ Status: "Waiting" or "Processing" or "Finished" }, ..] ? note : null;
    }
}
