namespace EcsImages.Local.Contents;

/// <summary>The folder of blobs: where the file of a content is, and what lies there.</summary>
/// <remarks>Only the names below are ever touched, so that other blobs may share the folder.</remarks>
internal sealed class ContentFolder
{
    private const string Finished = ".content";
    private const string Unfinished = ".partial";
    private const string Lock = ".lock";

    public ContentFolder(string path)
    {
        Path = System.IO.Path.GetFullPath(path);
        Directory.CreateDirectory(Path);
    }

    /// <summary>The folder; absolute.</summary>
    public string Path { get; }

    public static string NewId() => "c-" + Guid.NewGuid().ToString("N");

    public static string NewLockName() => "o-" + Guid.NewGuid().ToString("N") + Lock;

    public string FileOf(string contentId) => System.IO.Path.Combine(Path, contentId + Finished);

    public string UnfinishedFileOf(string contentId) => System.IO.Path.Combine(Path, contentId + Unfinished);

    public string LockFile(string owner) => System.IO.Path.Combine(Path, owner);

    /// <summary>The ids of all contents that have a file, finished or not.</summary>
    public IReadOnlySet<string> ListContents() => Directory.EnumerateFiles(Path, "c-*")
        .Where(static f => f.EndsWith(Finished, StringComparison.Ordinal) || f.EndsWith(Unfinished, StringComparison.Ordinal))
        .Select(static f => System.IO.Path.GetFileNameWithoutExtension(f))
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of all lock files, of living owners and of dead ones.</summary>
    public IReadOnlyList<string> ListOwners() =>
        [.. Directory.EnumerateFiles(Path, "o-*" + Lock).Select(static f => System.IO.Path.GetFileName(f))];

    /// <summary>Removes the files of a content; false where the system holds on to one, so that it must be tried again.</summary>
    public bool TryDelete(string contentId)
    {
        try
        {
            File.Delete(UnfinishedFileOf(contentId));
            File.Delete(FileOf(contentId));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;       // Windows, while a virus scanner or an indexer has it open
        }
    }
}
