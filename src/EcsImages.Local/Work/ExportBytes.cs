using System.Security.Cryptography;
using EcsImages.Core.Disks;
using EcsImages.Core.Oss;
using EcsImages.Local.Ecs.Exports;

namespace EcsImages.Local.Work;

/// <summary>Writes a file for each disk. A file that is whole is kept; one that is not is written anew by whoever goes on.</summary>
internal static class ExportBytes
{
    // The service uploads in parts; what an object's ETag is follows from them.
    private const long PartSize = 64L << 20;

    public static async Task RunAsync(WorkRun run)
    {
        foreach (var disk in run.Work.Disks.Where(static d => d.Result is null)) await WriteAsync(run, disk).ConfigureAwait(false);
        run.Commit(s =>
        {
            ByteWorkRows.Release(s, run.Work);
            s.Execute("UPDATE byte_work SET due_at = (SELECT ready_at FROM task WHERE id = $task), owner = NULL WHERE key = $key", ("task", run.Work.Task), ("key", run.Work.Key));
        });
    }

    private static async Task WriteAsync(WorkRun run, ByteWorkDisk part)
    {
        var disk = new RawDisk(run.Open(part, part.Length));
        var content = run.Begin(ExportFormat.MostOf(part.Length));
        await using (disk.ConfigureAwait(false))
        await using (content.ConfigureAwait(false))
        {
            var writer = ExportFormat.Find(part.Format).Writer(content, part.Length, Path.GetFileName(part.File), run.Work.Task);
            await DiskCopy.RunAsync(disk, writer, run.Telling(part, 0), run.Stop).ConfigureAwait(false);
            var (size, etag, crc) = await DigestAsync(run.PathOf(content.Id!), run.Stop).ConfigureAwait(false);
            run.Commit(s =>
            {
                content.Publish(s);
                new ByteWorkFile(content.Id!, size, etag, crc).Keep(s, run.Work, part);
                ByteWorkRows.KeepDone(s, run.Work, part, part.Length);
            });
        }
    }

    private static async Task<(long Size, string ETag, ulong Crc64)> DigestAsync(string path, CancellationToken stop)
    {
#pragma warning disable CA5351 // What the protocol has.
        using var parts = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
        using var part = IncrementalHash.CreateHash(HashAlgorithmName.MD5);
#pragma warning restore CA5351
        using var file = File.OpenHandle(path, options: FileOptions.Asynchronous | FileOptions.SequentialScan);
        var length = RandomAccess.GetLength(file);
        var buffer = new byte[1 << 20];
        var (count, crc) = (0, 0UL);
        for (var at = 0L; at < length;)
        {
            var end = Math.Min(length, at / PartSize * PartSize + PartSize);
            var read = await RandomAccess.ReadAsync(file, buffer.AsMemory(0, (int)Math.Min(buffer.Length, end - at)), at, stop).ConfigureAwait(false);
            if (read == 0) throw new EndOfStreamException($"{path} has become shorter while it was read.");
            part.AppendData(buffer, 0, read);
            crc = Crc64.Append(crc, buffer.AsSpan(0, read));
            at += read;
            if (at < end) continue;
            parts.AppendData(part.GetHashAndReset());
            count++;
        }
        return (length, $"\"{Convert.ToHexString(parts.GetHashAndReset())}-{count}\"", crc);
    }
}
