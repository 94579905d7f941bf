using EcsImages.Core.Files;
using EcsImages.PowerShell.Loading;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>A cmdlet that works on files of this machine: paths as PowerShell takes them, and one error for each file that fails.</summary>
public abstract class EcsFileCmdlet : EcsCmdlet
{
    /// <summary>The files that a path stands for; for one that stands for none, an error is written.</summary>
    internal IReadOnlyList<string> Existing(string path, bool isLiteral) => new FilePaths(this).Existing(path, isLiteral);

    /// <summary>The place in the file system that a path stands for, whether or not something is there.</summary>
    internal string Place(string path) => new FilePaths(this).Place(path);

    /// <summary>Does the work for one file; what goes wrong with it is its own error.</summary>
    internal void ForFile(string file, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (Errors.IsExpected(e))
        {
            WriteError(e.ToErrorRecord(file));
        }
    }

    /// <summary>How the cmdlets open a file.</summary>
    internal static DiskFileOptions Options(bool followsBackingFiles, ByteProgress progress, string? temporaryFolder = null) => new()
    {
        Zstd = LazyZstd.Instance,
        FollowsBackingFiles = followsBackingFiles,
        TemporaryFolder = temporaryFolder ?? Path.GetTempPath(),
        Unpacking = progress.Of("Unpacking"),
    };
}
