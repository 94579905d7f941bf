using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace EcsImages.Core.Tests.Disks;

/// <summary>What lies around disk files.</summary>
internal static class TestPackage
{
    public static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(bytes);
        return packed.ToArray();
    }

    public static byte[] Tar(params (string Name, byte[] Bytes)[] files)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
            foreach (var (name, bytes) in files) writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
        return archive.ToArray();
    }

    /// <summary>A file without its holes, as tar --format=posix -S packs it: a map, and what is no hole.</summary>
    public static byte[] PosixSparseTar(string name, byte[] stored)
    {
        using var archive = new MemoryStream();
        var said = new Dictionary<string, string> { ["GNU.sparse.major"] = "1", ["GNU.sparse.minor"] = "0", ["GNU.sparse.name"] = name, ["GNU.sparse.realsize"] = $"{1 << 20}" };
        byte[] map = [.. Encoding.ASCII.GetBytes($"1\n0\n{stored.Length}\n")];
        Array.Resize(ref map, 512);
        using (var writer = new TarWriter(archive, TarEntryFormat.Pax, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, $"./GNUSparseFile.1/{name}", said) { DataStream = new MemoryStream([.. map, .. stored]) });
        return archive.ToArray();
    }

    /// <summary>The same as tar --format=gnu -S packs it: a type of its own, and the map in the header.</summary>
    public static byte[] GnuSparseTar(string name, byte[] stored)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Gnu, leaveOpen: true))
            writer.WriteEntry(new GnuTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(stored) });
        var bytes = archive.ToArray();
        bytes[156] = (byte)'S';
        "00000000000"u8.CopyTo(bytes.AsSpan(386));
        Encoding.ASCII.GetBytes(Convert.ToString(stored.Length, 8).PadLeft(11, '0')).CopyTo(bytes, 398);
        Encoding.ASCII.GetBytes(Convert.ToString(1 << 20, 8).PadLeft(11, '0')).CopyTo(bytes, 483);
        "        "u8.CopyTo(bytes.AsSpan(148));
        Encoding.ASCII.GetBytes(Convert.ToString(bytes.AsSpan(0, 512).ToArray().Sum(static b => b), 8).PadLeft(6, '0') + "\0 ").CopyTo(bytes, 148);
        return bytes;
    }
}
