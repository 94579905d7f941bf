using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.Core.Oss;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>Brings the files of an export here: downloaded, taken out of their packages, converted, compared with what was downloaded, and only then put in their place.</summary>
/// <remarks>What was downloaded lies beside its place until that is done, so that a next try need not fetch it again.</remarks>
internal sealed class ExportDownload(EcsAccess access, string regionId, string bucket, ExportPlace place, IProgress<(string Work, DiskCopyProgress Done)> progress)
{
    /// <returns>The ETag of the object.</returns>
    /// <exception cref="IOException">It cannot be written, or there is no room for it.</exception>
    public async Task<string> RunAsync(string key, string path, DiskFileOptions options, CancellationToken stop)
    {
        var head = await access.Client.Oss.FindObjectAsync(regionId, bucket, key, stop).ConfigureAwait(false)
            ?? throw new InvalidDataException($"The object {key} that the export made is no longer in the bucket {bucket}.");
        // Another object of the same name has another file.
        var fetched = place.Format is null ? path : $"{path}.{WorkTag.Of(bucket, key, head.ETag)}.download";
        if (place.Format is null || !File.Exists(fetched)) await FetchAsync(key, head.Length, fetched, stop).ConfigureAwait(false);
        if (place.Format is not { } format) return head.ETag;
        var file = await DiskFile.OpenAsync(fetched, options with { TemporaryFolder = Path.GetDirectoryName(path)! }, stop).ConfigureAwait(false);
        await using (file.ConfigureAwait(false))
        {
            var target = new DiskTarget(format);
            if (target.Obstacle(file.Disk.Length) is { } obstacle) throw new IOException($"'{path}' cannot be written: {obstacle}. What was downloaded is kept as '{fetched}'.");
            await DiskConversion.RunAsync(file.Disk, target, path, verifies: true, progress, stop).ConfigureAwait(false);
        }
        File.Delete(fetched);
        return head.ETag;
    }

    private async Task FetchAsync(string key, long length, string path, CancellationToken stop)
    {
        var (folder, partial) = (Path.GetDirectoryName(path)!, path + ".partial");
        if (!File.Exists(partial) && FreeRoom.In(folder) is { } free && length > free) throw new IOException($"The object {key} has {length} bytes, and '{folder}' has {free} bytes left. Make room, then run the same command again: the export need not be repeated.");
        await ObjectDownload.RunAsync(access.Client.Oss, new DownloadJob(regionId, bucket, key, path) { Progress = progress.Of("Downloading") }, stop).ConfigureAwait(false);
    }
}
