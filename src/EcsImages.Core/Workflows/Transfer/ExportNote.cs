namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What an export to a file has begun.</summary>
/// <param name="ImageId">What is exported.</param>
/// <param name="BucketName">Where to.</param>
/// <param name="Prefix">How the names of its objects begin.</param>
/// <param name="Format">As the caller said; empty where they left it to the service.</param>
/// <param name="TaskId">The task that writes the objects.</param>
internal sealed record ExportNote(string ImageId, string BucketName, string Prefix, string Format, string TaskId)
{
    /// <summary>The objects, the system disk's first; null while they are not all written.</summary>
    public IReadOnlyList<string>? ObjectKeys { get; init; }

    /// <summary>The files that are in their place; null where there are none.</summary>
    public IReadOnlyList<ExportedFile>? Files { get; init; }

    /// <summary>The file at that path, where this export put it there and nobody has touched it since.</summary>
    public ExportedFile? Own(string path) => Files?.LastOrDefault(f => f.IsStill(path));
}

/// <summary>A file that an export has put in its place.</summary>
/// <param name="ObjectKey">The object that it came of.</param>
/// <param name="ETag">Of the object, as it was then.</param>
/// <param name="Name">Of the file, which lies beside the note.</param>
/// <param name="Length">Of the file, in bytes.</param>
/// <param name="WrittenAt">When the file was last written to.</param>
internal sealed record ExportedFile(string ObjectKey, string ETag, string Name, long Length, DateTime WrittenAt)
{
    public static ExportedFile Of(string objectKey, string eTag, string path)
    {
        var file = new FileInfo(path);
        return new(objectKey, eTag, file.Name, file.Length, file.LastWriteTimeUtc);
    }

    /// <summary>Whether what lies at that path is the file as it was.</summary>
    public bool IsStill(string path) =>
        new FileInfo(path) is { Exists: true } file && file.Name == Name && file.Length == Length && file.LastWriteTimeUtc == WrittenAt;
}
