using System.Buffers.Binary;
using System.Diagnostics;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Core.Files;
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

    /// <summary>Writes the GUID partition table of a disk anew, in sectors of 4096 bytes: fdisk makes those on such devices only.</summary>
    public static void UseLargeSectors(string disk)
    {
        var head = File.ReadAllBytes(disk).AsSpan(0, 34 * 512).ToArray();
        var (entries, last) = (head[1024..], new FileInfo(disk).Length / 4096 - 1);
        for (var at = 0; at < entries.Length; at += 128)
        {
            if (!entries.AsSpan(at, 16).ContainsAnyExcept((byte)0)) continue;
            var (first, end) = (BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 32)), BinaryPrimitives.ReadInt64LittleEndian(entries.AsSpan(at + 40)));
            BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(at + 32), first / 8);
            BinaryPrimitives.WriteInt64LittleEndian(entries.AsSpan(at + 40), (end + 1) / 8 - 1);
        }
        Put(disk, 512, new byte[34 * 512]);
        Put(disk, (last + 1) * 4096 - 34 * 512, new byte[34 * 512]);
        Put(disk, 2 * 4096, entries);
        Put(disk, (last - 4) * 4096, entries);
        Put(disk, 4096, Header(1, last, 2));
        Put(disk, last * 4096, Header(last, 1, last - 4));

        byte[] Header(long own, long other, long entriesAt)
        {
            var header = head.AsSpan(512, 92).ToArray();
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(24), own);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), other);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(40), 6);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(48), last - 5);
            BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(72), entriesAt);
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(88), Crc32.Of(entries));
            header.AsSpan(16, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), Crc32.Of(header));
            return header;
        }
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

    public static void Run(params string[] command) => Run(command[0], command[1..], "");

    public static async Task<DiskInspection> InspectAsync(string disk)
    {
        await using var opened = await new DiskOpening { Format = DiskFormat.Raw }.OpenAsync(FileSource.Open(disk), CancellationToken.None);
        return await DiskInspector.RunAsync(opened, CancellationToken.None);
    }

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
