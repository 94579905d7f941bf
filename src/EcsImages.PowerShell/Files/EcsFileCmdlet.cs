using EcsImages.Core.Files;
using EcsImages.PowerShell.Loading;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>A cmdlet that works on files of this machine: paths as PowerShell takes them, and one error for each file that fails.</summary>
public abstract class EcsFileCmdlet : EcsCmdlet
{
    private readonly FilePaths _paths;

    private protected EcsFileCmdlet() => _paths = new FilePaths(this);

    /// <summary>The files that a path stands for; for one that stands for none, an error is written.</summary>
    internal IReadOnlyList<string> Existing(string path, bool isLiteral) => _paths.Existing(path, isLiteral);

    /// <summary>The place in the file system that a path stands for, whether or not something is there.</summary>
    internal string Place(string path) => _paths.Place(path);

    /// <summary>Does the work for one file; what goes wrong with it is its own error.</summary>
    internal void ForFile(string file, Action work) => _paths.ForFile(file, work);

    /// <summary>How the cmdlets open a file.</summary>
    internal static DiskFileOptions Options(bool followsBackingFiles, ByteProgress progress, string? temporaryFolder = null) => new()
    {
        Zstd = LazyZstd.Instance,
        FollowsBackingFiles = followsBackingFiles,
        TemporaryFolder = temporaryFolder ?? Path.GetTempPath(),
        Unpacking = progress.Of("Unpacking"),
    };

    /// <summary>What a file is, and what is on its disk.</summary>
    internal static async Task<EcsImageFile> DescribeAsync(string file, bool followsBackingFiles, ByteProgress progress, CancellationToken stop)
    {
        var opened = await DiskFile.OpenAsync(file, Options(followsBackingFiles, progress), stop).ConfigureAwait(false);
        await using (opened.ConfigureAwait(false)) return await EcsImageFile.DescribeAsync(opened, stop).ConfigureAwait(false);
    }
}
