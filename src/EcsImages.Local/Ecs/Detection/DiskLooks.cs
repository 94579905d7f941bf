using System.Collections.Concurrent;
using EcsImages.Core.Disks;
using EcsImages.Core.Disks.Inspection;
using EcsImages.Local.Contents;
using EcsImages.Local.Store;
using EcsImages.Local.Work;

namespace EcsImages.Local.Ecs.Detection;

/// <summary>Looks at contents of disks, and remembers what they are: a content never changes.</summary>
internal sealed class DiskLooks(Database database, DiskContents contents)
{
    private const int MostKept = 64;
    private readonly ConcurrentDictionary<string, DiskLook> _known = new(StringComparer.Ordinal);

    /// <summary>Reads a few MiB of it, outside of any transaction, unless it is known.</summary>
    public async Task LookAsync(string content, CancellationToken stop)
    {
        if (_known.ContainsKey(content)) return;
        if (_known.Count >= MostKept) _known.Clear();
        _known[content] = await ReadAsync(content, stop).ConfigureAwait(false);
    }

    /// <summary>What it is; null is a disk of zeros. It was looked at before.</summary>
    public DiskLook Of(string? content) => content is null ? DiskLook.Empty
        : _known.GetValueOrDefault(content) ?? new DiskLook(DiskLook.Empty.Disk, $"The content {content} was not read.");

    private async Task<DiskLook> ReadAsync(string content, CancellationToken stop)
    {
        try
        {
            var source = new ContentSource(database, contents.Folder, content, LengthOf(content), content);
            var disk = new RawDisk(source);
            await using (disk.ConfigureAwait(false)) return new(await DiskInspector.RunAsync(disk, stop).ConfigureAwait(false));
        }
        catch (Exception e) when (e is DiskFormatException or ContentDamagedException or IOException or UnauthorizedAccessException)
        {
            return new(DiskLook.Empty.Disk, e.Message);
        }
    }

    private long LengthOf(string content)
    {
        using var session = database.Read();
        return ContentRows.FindLive(session.Transaction.Connection!, session.Transaction, content)?.Length
            ?? throw new ContentDamagedException(content, contents.Folder.FileOf(content), "the database has no such content");
    }
}
