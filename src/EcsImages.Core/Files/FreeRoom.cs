namespace EcsImages.Core.Files;

/// <summary>How much more a folder can take.</summary>
internal static class FreeRoom
{
    /// <summary>In bytes; null where the system does not tell, as for a share of another Windows machine.</summary>
    public static long? In(string folder)
    {
        try
        {
            return new DriveInfo(folder).AvailableFreeSpace;
        }
        catch (Exception e) when (e is ArgumentException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Whether a failure to write means that there is none left.</summary>
    // Windows: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL. Elsewhere .NET puts errno there: ENOSPC is 28, and EDQUOT 122 on Linux and 69 on macOS.
    public static bool IsUsedUp(IOException e) => OperatingSystem.IsWindows() ? e.HResult is unchecked((int)0x80070070) or unchecked((int)0x80070027)
        : e.HResult == 28 || e.HResult == (OperatingSystem.IsMacOS() ? 69 : 122);
}
