using System.Reflection;

namespace EcsImages.PowerShell.Tests;

/// <summary>A copy of the staged module, so that a build beside the tests can stage anew.</summary>
internal static class StagedModule
{
    private static readonly Lazy<string> Copied = new(Copy);

    /// <summary>The manifest of the copy.</summary>
    public static string Manifest => Path.Combine(Copied.Value, "EcsImage.psd1");

    public static string RepositoryRoot => Metadata("RepositoryRoot");

    public static string Shell => Metadata("Shell");

    private static string Metadata(string key) => typeof(StagedModule).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == key).Value!;

    private static string Copy()
    {
        var source = Metadata(nameof(StagedModule));
        var target = Path.Combine(Path.GetTempPath(), $"ecsimage-tests-{Environment.ProcessId}", "EcsImage");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy, overwrite: true);
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Path.GetDirectoryName(target)!, recursive: true);
        return target;
    }
}
