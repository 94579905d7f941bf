using System.Management.Automation;
using EcsImages.Core.Disks;
using EcsImages.Core.Files;
using EcsImages.PowerShell.Loading;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>A cmdlet that works on files of this machine: paths as PowerShell takes them, and one error for each file that fails.</summary>
public abstract class EcsFileCmdlet : EcsCmdlet
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path stands for; for one that stands for none, an error is written.</summary>
    internal IReadOnlyList<string> Existing(string path, bool isLiteral)
    {
        try
        {
            ProviderInfo provider;
            var files = isLiteral ? [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : (IReadOnlyList<string>)GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name == FileSystem) return [.. files.Where(IsFile)];
            WriteError(NoFileSystem(path).ToErrorRecord(path));
        }
        // Neither a drive nor a file of that name.
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            WriteError(Missing(path).ToErrorRecord(path));
        }
        return [];
    }

    /// <summary>The place in the file system that a path stands for, whether or not something is there.</summary>
    internal string Place(string path)
    {
        var place = SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem ? place : throw NoFileSystem(path);
    }

    /// <summary>Does the work for one file; what goes wrong with it is its own error.</summary>
    internal void ForFile(string file, Action work)
    {
        try
        {
            work();
        }
        catch (DiskFormatException e)
        {
            WriteError(new ErrorRecord(e, "DiskImageUnreadable", ErrorCategory.InvalidData, file));
        }
        catch (UnauthorizedAccessException e)
        {
            WriteError(new ErrorRecord(e, "FileAccessDenied", ErrorCategory.PermissionDenied, file));
        }
        catch (IOException e)
        {
            WriteError(new ErrorRecord(e, "FileUnusable", e is FileNotFoundException or DirectoryNotFoundException ? ErrorCategory.ObjectNotFound : ErrorCategory.WriteError, file));
        }
        catch (CmdletInputException e)
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

    private bool IsFile(string file)
    {
        if (File.Exists(file)) return true;
        WriteError(Directory.Exists(file)
            ? new CmdletInputException("FileIsFolder", $"'{file}' is a folder.", "Name a disk-image file, or several with a wildcard.").ToErrorRecord(file)
            : Missing(file).ToErrorRecord(file));
        return false;
    }

    private static CmdletInputException Missing(string path) => new("FileNotFound", $"There is no file '{path}'.", category: ErrorCategory.ObjectNotFound);

    private static CmdletInputException NoFileSystem(string path) =>
        new("FileNotInFileSystem", $"'{path}' is not in the file system.", "Name a file by a path of the FileSystem provider.");
}
