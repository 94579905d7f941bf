using System.Formats.Tar;

namespace EcsImages.Core.Files;

/// <summary>Tells files from what only has a name like one: disks of the machine and other devices, pipes, sockets.</summary>
internal static class RegularFile
{
    private const int TypeAt = 156;

    /// <summary>Whether a path, where something is, leads to a file. Nothing is opened that could wait for somebody else.</summary>
    public static bool Is(string path)
    {
        if (OperatingSystem.IsWindows()) return !path.StartsWith(@"\\.\", StringComparison.Ordinal);
        try
        {
            var target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
            // None of the others has a length.
            return new FileInfo(target).Length > 0 || IsFile(target);
        }
        catch (FileNotFoundException)
        {
            // A link of /dev/fd or /proc whose end has no name: what another program's output comes through.
            return false;
        }
    }

    /// <summary>What is wrong with one that is none, in a sentence.</summary>
    public static string Problem(string path) => $"'{path}' is a device, a pipe or a socket, and no file.";

    /// <summary>What to do about one that is none, and should be read; or else be written.</summary>
    public static string Remedy(bool isWritten) => isWritten ? "Name a file, and bring that to the device, with dd or qemu-img convert -O raw." : "Copy it to a file first, with qemu-img convert -O qcow2 or dd.";

    /// <exception cref="IOException">What is at a path is none.</exception>
    public static void Need(string path, bool isWritten = false)
    {
        if (File.Exists(path) && !Is(path)) throw new IOException($"{Problem(path)} {Remedy(isWritten)}");
    }

    // The runtime looks at the type for its archives only: the header of an entry has it.
    private static bool IsFile(string path)
    {
        using var archive = new MemoryStream();
        try
        {
            using var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true);
            writer.WriteEntry(path, "file");
        }
        catch (UnauthorizedAccessException)
        {
            // Only a file is opened.
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            // A socket has no place in an archive.
            return false;
        }
        return (TarEntryType)archive.GetBuffer()[TypeAt] is TarEntryType.RegularFile;
    }
}
