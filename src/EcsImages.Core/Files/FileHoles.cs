using System.Runtime.InteropServices;
using EcsImages.Core.Disks;
using Microsoft.Win32.SafeHandles;

namespace EcsImages.Core.Files;

/// <summary>Where a sparse file has holes: .NET does not tell.</summary>
internal static class FileHoles
{
    private const int SeekDataLinux = 3, SeekHoleLinux = 4, SeekHoleApple = 3, SeekDataApple = 4;

    /// <summary>What lies at an offset within the length; without an answer of the system, all the rest is taken for data.</summary>
    public static DiskRange RangeAt(SafeFileHandle file, long offset, long length)
    {
        if (OperatingSystem.IsWindows()) return new DiskRange(offset, length - offset, IsZero: false);
        var (seekData, seekHole) = OperatingSystem.IsMacOS() ? (SeekDataApple, SeekHoleApple) : (SeekDataLinux, SeekHoleLinux);
        var data = lseek(file, offset, seekData);
        if (data > offset) return new DiskRange(offset, Math.Min(data, length) - offset, IsZero: true);
        if (data < 0)
        {
            // Only ENXIO says that nothing but a hole follows; a system without holes says something else.
            var isHole = Marshal.GetLastPInvokeError() == NoSuchAddress;
            return new DiskRange(offset, length - offset, isHole);
        }
        var hole = lseek(file, offset, seekHole);
        return new DiskRange(offset, (hole > offset ? Math.Min(hole, length) : length) - offset, IsZero: false);
    }

    /// <summary>NTFS and ReFS need to be told that a file may have holes; where that fails, it has none.</summary>
    public static void Allow(SafeFileHandle file) => _ = DeviceIoControl(file, FsctlSetSparse, 0, 0, 0, 0, out _, 0);

    private const int NoSuchAddress = 6;
    private const uint FsctlSetSparse = 0x000900C4;

#pragma warning disable SYSLIB1054 // LibraryImport needs unsafe blocks; these two calls do not
#pragma warning disable IDE1006, CA5392 // the name is the system's, and the library part of it
    [DllImport("libc", SetLastError = true)]
    private static extern long lseek(SafeFileHandle file, long offset, int whence);

    [DllImport("kernel32", SetLastError = true)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static extern bool DeviceIoControl(
        SafeFileHandle file, uint code, nint input, int inputSize, nint output, int outputSize, out int returned, nint overlapped);
#pragma warning restore IDE1006, CA5392
#pragma warning restore SYSLIB1054
}
