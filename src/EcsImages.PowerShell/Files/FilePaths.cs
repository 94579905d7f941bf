using System.Management.Automation;
using EcsImages.Core.Files;
using EcsImages.PowerShell.Pipeline;

namespace EcsImages.PowerShell.Files;

/// <summary>Files of this machine for a cmdlet: paths as PowerShell takes them, and one error for each file that fails.</summary>
internal sealed class FilePaths(EcsCmdlet cmdlet)
{
    private const string FileSystem = "FileSystem";

    /// <summary>The files that a path stands for; for one that stands for none, an error is written.</summary>
    public IReadOnlyList<string> Existing(string path, bool isLiteral)
    {
        try
        {
            ProviderInfo provider;
            var files = isLiteral ? [cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)]
                : (IReadOnlyList<string>)cmdlet.GetResolvedProviderPathFromPSPath(path, out provider);
            if (provider.Name == FileSystem) return [.. files.Where(IsFile)];
            cmdlet.WriteError(NoFileSystem(path).ToErrorRecord(path));
        }
        // Neither a drive nor a file of that name.
        catch (Exception e) when (e is ItemNotFoundException or System.Management.Automation.DriveNotFoundException or ProviderNotFoundException or NotSupportedException)
        {
            cmdlet.WriteError(Missing(path).ToErrorRecord(path));
        }
        return [];
    }

    /// <summary>The place in the file system that a path stands for, whether or not something is there.</summary>
    public string Place(string path)
    {
        var place = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out var provider, out _);
        return provider.Name == FileSystem ? place : throw NoFileSystem(path);
    }

    /// <summary>Does the work for one file; what goes wrong with it is its own error.</summary>
    public void ForFile(string file, Action work)
    {
        try
        {
            work();
        }
        catch (Exception e) when (Errors.IsExpected(e))
        {
            cmdlet.WriteError(e.ToErrorRecord(file));
        }
    }

    private bool IsFile(string file)
    {
        if (File.Exists(file))
        {
            if (RegularFile.Is(file)) return true;
            cmdlet.WriteError(NoFile(file, isWritten: false).ToErrorRecord(file));
            return false;
        }
        cmdlet.WriteError(Directory.Exists(file)
            ? new CmdletInputException("FileIsFolder", $"'{file}' is a folder.", "Name a disk-image file, or several with a wildcard.").ToErrorRecord(file)
            : Missing(file).ToErrorRecord(file));
        return false;
    }

    /// <summary>What is there is a device, a pipe or a socket.</summary>
    public static CmdletInputException NoFile(string path, bool isWritten) => new("FileIsDevice", RegularFile.Problem(path), RegularFile.Remedy(isWritten));

    private static CmdletInputException Missing(string path) => new("FileNotFound", $"There is no file '{path}'.", category: ErrorCategory.ObjectNotFound);

    private static CmdletInputException NoFileSystem(string path) =>
        new("FileNotInFileSystem", $"'{path}' is not in the file system.", "Name a file by a path of the FileSystem provider.");
}
