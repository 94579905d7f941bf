namespace EcsImages.Core.Files;

/// <summary>Keeps other processes from the same work while this one is at it. The system lets go of it when the process ends, however it ends.</summary>
internal sealed class FileLock : IDisposable
{
    private readonly FileStream _file;

    private FileLock(FileStream file) => _file = file;

    /// <param name="path">A file of its own, which is removed afterwards.</param>
    /// <param name="what">What somebody else is doing, as a clause: "'disk.raw' is being uploaded".</param>
    /// <exception cref="IOException">Another process has it, or the file cannot be made.</exception>
    public static FileLock Take(string path, string what)
    {
        try
        {
            while (true)
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                // Whoever had it may have removed it between the opening and the locking: then this one locks nothing that others see.
                if (File.Exists(path)) return new FileLock(file);
                file.Dispose();
            }
        }
        catch (IOException e) when (IsSharingViolation(e))
        {
            throw new IOException($"{what} by another process already. Wait for it, or end it; then try again.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Whether another process has the file.</summary>
    // Windows: ERROR_SHARING_VIOLATION. Elsewhere .NET puts errno there: EWOULDBLOCK is 11 on Linux and 35 on macOS.
    public static bool IsSharingViolation(IOException e) =>
        OperatingSystem.IsWindows() ? e.HResult == unchecked((int)0x80070020)
        : e.HResult == (OperatingSystem.IsMacOS() ? 35 : 11);
}
