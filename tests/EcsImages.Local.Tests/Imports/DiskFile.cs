using System.Globalization;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Local.Tests.Imports;

/// <summary>Disk images that qemu-img makes and compares, in a folder that goes with the test.</summary>
internal sealed class DiskFile : IDisposable
{
    private static readonly (long MiB, int Length)[] Patterns = [(0, 40_000), (70, 3_000_000), (300, 70_000), (640, 1), (1023, 1 << 20)];

    public string Folder { get; } = Directory.CreateTempSubdirectory("ecs-disk-").FullName;

    /// <summary>A raw disk that is holes but for a few places.</summary>
    public string Raw(int seed = 1, int sizeMiB = 1024)
    {
        var path = Path.Combine(Folder, $"raw-{seed}.img");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var random = new Random(seed);
        foreach (var (mib, length) in Patterns.Where(p => p.MiB < sizeMiB))
        {
            var bytes = new byte[length];
            random.NextBytes(bytes);
            RandomAccess.Write(file, bytes, mib << 20);
        }
        RandomAccess.SetLength(file, (long)sizeMiB << 20);
        return path;
    }

    /// <summary>The same disk in a format of qemu-img's, with its options.</summary>
    public string Convert(string raw, string format, params string[] options)
    {
        var path = Path.Combine(Folder, $"{format}-{Directory.GetFiles(Folder).Length.ToString(CultureInfo.InvariantCulture)}.img");
        Ok("convert", ["-f", "raw", "-O", format, .. options, raw, path]);
        return path;
    }

    public static void AssertEqual(string raw, string other, string format) => Ok("compare", ["-f", "raw", "-F", format, raw, other]);

    public static void Ok(string command, params string[] arguments)
    {
        var (exit, output, errors) = Tool.Run("qemu-img", [command, .. arguments]);
        Assert.True(exit == 0, output + errors);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
