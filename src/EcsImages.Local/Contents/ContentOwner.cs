namespace EcsImages.Local.Contents;

/// <summary>A held lock file: as long as it is held, nobody sweeps what this owner has pending.</summary>
/// <remarks>
/// The name is never used twice, so an owner once seen free stays free. The system drops the lock however the process ends.
/// One per open endpoint is enough; two in one process are two owners.
/// </remarks>
internal sealed class ContentOwner : IDisposable
{
    private readonly FileStream _lock;

    private ContentOwner(string name, FileStream held) => (Name, _lock) = (name, held);

    /// <summary>The name of the lock file, as rows hold it.</summary>
    public string Name { get; }

    /// <exception cref="IOException">The folder's file system does not lock files, or nothing can be written there.</exception>
    public static ContentOwner Open(ContentFolder folder)
    {
        while (true)
        {
            var name = ContentFolder.NewLockName();
            if (TryHold(folder.LockFile(name), FileMode.CreateNew) is not { } held) continue;
            // A sweep between creation and lock takes the file for a dead owner's and removes it while it holds it.
            if (!File.Exists(held.Name))
            {
                held.Dispose();
                continue;
            }
            if (IsFree(folder, name))
            {
                held.Dispose();
                throw new IOException($"The file system of '{folder.Path}' does not lock files, so that two processes could remove " +
                    "each other's disks. Place the folder on a local disk, and do not set DOTNET_SYSTEM_IO_DISABLEFILELOCKING.");
            }
            return new ContentOwner(name, held);
        }
    }

    /// <summary>Whether the owner is gone. Its lock file, if it left one, goes too.</summary>
    public static bool IsFree(ContentFolder folder, string owner)
    {
        try
        {
            if (TryHold(folder.LockFile(owner), FileMode.Open) is not { } held) return false;
            held.Dispose();
            return true;
        }
        catch (FileNotFoundException)
        {
            return true;
        }
    }

    public void Dispose() => _lock.Dispose();

    // DeleteOnClose removes the file while the lock is still held, so whoever locks it later sees that it is gone.
    private static FileStream? TryHold(string path, FileMode mode)
    {
        try
        {
            return new FileStream(path, mode, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            return null;
        }
        catch (UnauthorizedAccessException) when (OperatingSystem.IsWindows() && File.Exists(path))
        {
            return null;        // being deleted by whoever just held it
        }
    }

    // Windows: ERROR_SHARING_VIOLATION. Elsewhere .NET puts errno there: EWOULDBLOCK is 11 on Linux and 35 on macOS.
    private static bool IsSharingViolation(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020)
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
