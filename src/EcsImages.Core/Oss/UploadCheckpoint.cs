using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Oss;

/// <summary>What of an upload that broke off lets the next one go on.</summary>
/// <remarks>Which parts arrived, the service knows; whether they are what the source holds, their checksums tell.</remarks>
internal sealed record UploadCheckpoint
{
    public const int Version = 1;

    private const int MostBytes = 64 * 1024;

    public int Format { get; init; } = Version;

    public required string RegionId { get; init; }

    public required string Bucket { get; init; }

    public required string Key { get; init; }

    public required string UploadId { get; init; }

    /// <summary>Of the object, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>Of each part but the last, in bytes.</summary>
    public required long PartSize { get; init; }

    /// <summary>What the source was, in the caller's words: whatever changes when it does.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Whether it is one of an upload to that place.</summary>
    public bool IsTo(UploadJob job) => Format == Version && RegionId == job.RegionId && Bucket == job.Bucket && Key == job.Key && !string.IsNullOrEmpty(UploadId);

    /// <summary>Whether it is one of the same upload.</summary>
    public bool IsOf(UploadJob job) => IsTo(job) && Size == job.Source.Length && Fingerprint == job.Fingerprint
        && PartSize is >= PartSizes.Least and <= PartSizes.Most && (Size - 1) / PartSize < PartSizes.MostParts;

    /// <summary>What a file holds; null where there is none, or one that is damaged.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static async Task<UploadCheckpoint?> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            // Whatever lies there under that name: a checkpoint is small.
            if (new FileInfo(path) is { Exists: true, Length: > MostBytes }) return null;
            return JsonSerializer.Deserialize(await File.ReadAllBytesAsync(path, stop).ConfigureAwait(false), UploadCheckpointJson.Default.UploadCheckpoint);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Writes it beside its place, and then renames it: a machine that loses its power leaves the old one or the new one.</summary>
    public async Task WriteAsync(string path, CancellationToken stop)
    {
        var fresh = path + ".new";
        var file = new FileStream(fresh, FileMode.Create, FileAccess.Write, FileShare.None);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(this, UploadCheckpointJson.Default.UploadCheckpoint), stop).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }
        File.Move(fresh, path, overwrite: true);
    }
}

[JsonSerializable(typeof(UploadCheckpoint))]
[JsonSourceGenerationOptions(WriteIndented = true)]
internal sealed partial class UploadCheckpointJson : JsonSerializerContext;
