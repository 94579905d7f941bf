using System.Diagnostics;
using EcsImages.Local.Tests.Contents;

namespace EcsImages.Core.Tests.Disks.Inspection;

/// <summary>Makes disks in a folder of its own, with the tools that make them everywhere, and without being root.</summary>
internal sealed class DiskWorkshop : IDisposable
{
    public const long MiB = 1 << 20;
    private int _count;

    public string Folder { get; } = Directory.CreateTempSubdirectory("ecs-disks-").FullName;

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    public string In(string name) => Path.Combine(Folder, name);

    /// <summary>An ext file system with files in it; a text that begins with -> is a link.</summary>
    public string Ext(int mib, IReadOnlyDictionary<string, byte[]> files, params string[] options)
    {
        var (volume, root) = (Empty(mib), In($"root{_count++}"));
        Directory.CreateDirectory(root);
        foreach (var (path, bytes) in files)
        {
            var file = Path.Combine(root, path.TrimStart('/'));
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (bytes.AsSpan().StartsWith("->"u8)) File.CreateSymbolicLink(file, System.Text.Encoding.UTF8.GetString(bytes.AsSpan(2)));
            else File.WriteAllBytes(file, bytes);
        }
        Run(["mkfs.ext4", "-q", "-F", "-d", root, .. options, volume]);
        return volume;
    }

    /// <summary>An XFS of 310 MiB with files in it; a text that begins with -> is a link. Names must have no blanks.</summary>
    public string Xfs(IReadOnlyDictionary<string, byte[]> files, params string[] options)
    {
        var (volume, prototype) = (Empty(310), In($"prototype{_count++}"));
        File.WriteAllText(prototype, $"/boot\n0 0\nd--755 0 0\n{Below("", files.OrderBy(static f => f.Key, StringComparer.Ordinal).ToList())}$\n");
        Run(["mkfs.xfs", "-q", "-f", "-p", prototype, .. options, volume]);
        return volume;

        string Below(string path, IReadOnlyList<KeyValuePair<string, byte[]>> below)
        {
            var text = new System.Text.StringBuilder();
            foreach (var group in below.GroupBy(f => f.Key[(path.Length + 1)..].Split('/')[0]))
            {
                var (child, members) = ($"{path}/{group.Key}", group.ToList());
                if (members is not [var (only, bytes)] || only != child) text.Append(group.Key).Append(" d--755 0 0\n").Append(Below(child, members)).Append("$\n");
                else if (bytes.AsSpan().StartsWith("->"u8)) text.Append(group.Key).Append(" l--777 0 0 ").Append(System.Text.Encoding.UTF8.GetString(bytes.AsSpan(2))).Append('\n');
                else
                {
                    var source = In($"file{_count++}");
                    File.WriteAllBytes(source, bytes);
                    text.Append(group.Key).Append(" ---755 0 0 ").Append(source).Append('\n');
                }
            }
            return text.ToString();
        }
    }

    /// <summary>A FAT file system of 12, 16 or 32 bits with files in it.</summary>
    public string Fat(int mib, int bits, IReadOnlyDictionary<string, byte[]> files, params string[] options)
    {
        var volume = Empty(mib);
        Run(["mkfs.vfat", "-F", $"{bits}", .. options, volume]);
        var folders = new HashSet<string>();
        foreach (var (path, bytes) in files)
        {
            var parts = path.Trim('/').Split('/');
            for (var i = 1; i < parts.Length; i++)
                if (folders.Add(string.Join('/', parts[..i]))) Run("mmd", "-i", volume, "::" + string.Join('/', parts[..i]));
            var file = In($"file{_count++}");
            File.WriteAllBytes(file, bytes);
            Run("mcopy", "-i", volume, file, "::" + string.Join('/', parts));
        }
        return volume;
    }

    /// <summary>A file system of another kind, or what else a program writes into a file.</summary>
    public string Made(int mib, params string[] command)
    {
        var volume = Empty(mib);
        Run([.. command, volume]);
        return volume;
    }

    /// <summary>A disk that sfdisk divides, with volumes at places in MiB.</summary>
    public string Disk(int mib, string script, params (int At, string Volume)[] volumes)
    {
        var disk = Empty(mib);
        Run("sfdisk", ["--quiet", "--no-tell-kernel", disk], script);
        foreach (var (at, volume) in volumes) Put(disk, at * MiB, File.ReadAllBytes(volume));
        return disk;
    }

    public string Empty(int mib)
    {
        var path = In($"made{_count++}");
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        RandomAccess.SetLength(file, mib * MiB);
        return path;
    }

    public static void Put(string disk, long at, ReadOnlySpan<byte> bytes)
    {
        using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.Write);
        RandomAccess.Write(file, bytes, at);
    }

    /// <summary>Turns every bit of a byte, so that it is another one whatever it was.</summary>
    public static void Flip(string disk, long at)
    {
        using var file = File.OpenHandle(disk, FileMode.Open, FileAccess.ReadWrite);
        var bytes = new byte[1];
        Xunit.Assert.Equal(1, RandomAccess.Read(file, bytes, at));
        RandomAccess.Write(file, [(byte)~bytes[0]], at);
    }

    public static void Run(params string[] command) => Run(command[0], command[1..], "");

    private static void Run(string program, string[] arguments, string input)
    {
        var start = new ProcessStartInfo(Tool.Find(program)!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["MTOOLS_SKIP_CHECK"] = "1";
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}: {errors.Result}{output}");
    }
}
