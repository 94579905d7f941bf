using System.Diagnostics;

namespace EcsImages.Core.Tests.Disks;

/// <summary>QEMU's own tool for disk images, where it is installed (qemu-utils).</summary>
internal static class QemuImg
{
    public static bool IsHere { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Any(static f => f.Length > 0 && File.Exists(Path.Combine(f, OperatingSystem.IsWindows() ? "qemu-img.exe" : "qemu-img")));

    /// <summary>Runs it, and expects it to succeed.</summary>
    public static string Run(params string[] arguments) => Run("qemu-img", arguments);

    /// <summary>Reads and writes within a disk, by the commands of qemu-io, which comes with it.</summary>
    public static void Io(string file, params string[] commands) => Run("qemu-io", [.. commands.SelectMany(static c => (string[])["-c", c]), file]);

    /// <summary>Does the same, and dies before it closes the file.</summary>
    public static void Kill(string file, params string[] commands) =>
        Assert.NotEqual(0, Start("qemu-io", [.. commands.SelectMany(static c => (string[])["-c", c]), "-c", "sigraise 9", file]).Code);

    private static string Run(string program, string[] arguments)
    {
        var (code, output) = Start(program, arguments);
        Assert.True(code == 0, $"{program} {string.Join(' ', arguments)} ended with {code}: {output}");
        return output;
    }

    private static (int Code, string Output) Start(string program, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, errors.Result + output);
    }
}

/// <summary>A theory that needs qemu-img.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class QemuTheoryAttribute : TheoryAttribute
{
    public QemuTheoryAttribute()
    {
        if (!QemuImg.IsHere) Skip = "qemu-img is not installed (Debian's qemu-utils).";
    }
}
