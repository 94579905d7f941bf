using System.Diagnostics;

namespace EcsImages.Local.Tests.Contents;

/// <summary>Programs that we did not write, as judges.</summary>
internal static class Tool
{
    private static readonly string[] Folders = ["/usr/sbin", "/sbin", "/usr/bin", "/bin", "/usr/local/sbin", "/opt/homebrew/sbin"];

    public static string? Find(string name) => Folders.Select(f => Path.Combine(f, name)).FirstOrDefault(File.Exists);

    public static (int ExitCode, string Output, string Errors) Run(string name, params string[] arguments)
    {
        using var process = Start(name, arguments);
        var errors = process.StandardError.ReadToEndAsync();
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text, errors.GetAwaiter().GetResult());
    }

    public static Process Start(string name, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(name) ?? name, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["LC_ALL"] = "C";
        return Process.Start(start)!;
    }

    /// <summary>What a file takes on the disk; coreutils' stat.</summary>
    public static long AllocatedBytes(string path)
    {
        var (exit, text, _) = Run("stat", "-c", "%b %B", path);
        Assert.Equal(0, exit);
        var parts = text.Split(' ');
        return long.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture)
            * long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture);
    }
}
