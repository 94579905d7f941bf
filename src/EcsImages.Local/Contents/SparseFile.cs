using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Local.Contents;

/// <summary>What .NET lacks for files with holes that survive a loss of power.</summary>
internal static class SparseFile
{
    /// <summary>Creates a file of that length which is one hole.</summary>
    /// <remarks>NTFS and ReFS need a flag; where a file system has no sparse files (FAT, exFAT), the file takes its full length.</remarks>
    public static SafeFileHandle Create(string path, long length)
    {
        var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read, FileOptions.Asynchronous);
        try
        {
            if (OperatingSystem.IsWindows())
                _ = DeviceIoControl(file, FsctlSetSparse, 0, 0, 0, 0, out _, 0);
            RandomAccess.SetLength(file, length);
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Makes the names in a folder survive a loss of power.</summary>
    /// <remarks>Windows has no such call: NTFS logs names, and the next flush of the database makes its log durable.</remarks>
    public static void FlushNames(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = open([.. System.Text.Encoding.UTF8.GetBytes(folder), 0], 0);
        if (descriptor < 0) throw Failed();
        try
        {
            // Some file systems do not know fsync of a folder and say EINVAL; an error of the disk is another matter.
            if (fsync(descriptor) != 0 && Marshal.GetLastPInvokeError() != InvalidArgument) throw Failed();
        }
        finally
        {
            _ = close(descriptor);
        }

        IOException Failed() => new($"The folder '{folder}' cannot be flushed: " + new Win32Exception(Marshal.GetLastPInvokeError()).Message);
    }

    private const int InvalidArgument = 22;
    private const uint FsctlSetSparse = 0x000900C4;

#pragma warning disable SYSLIB1054 // LibraryImport needs unsafe blocks; these few calls do not
#pragma warning disable IDE1006, CA5392 // the names are the systems'; both libraries are part of the system
    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DeviceIoControl(
        SafeFileHandle file, uint code, nint input, int inputSize, nint output, int outputSize, out int returned, nint overlapped);

    [DllImport("libc", SetLastError = true)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc", SetLastError = true)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true)]
    private static extern int close(int descriptor);
#pragma warning restore IDE1006, CA5392
#pragma warning restore SYSLIB1054
}
