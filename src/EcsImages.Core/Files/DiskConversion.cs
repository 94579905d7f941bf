using EcsImages.Core.Disks;

namespace EcsImages.Core.Files;

/// <summary>Stores a disk in a new file: written beside its place, read again and compared, and only then put there.</summary>
internal static class DiskConversion
{
    /// <param name="from">The disk.</param>
    /// <param name="target">How it is to be stored.</param>
    /// <param name="path">The new file, in full.</param>
    /// <param name="verifies">Whether what was written is read again and compared.</param>
    /// <param name="progress">Told what is being done, and how much of it is.</param>
    /// <param name="stop">Ends the work; nothing is left of it then.</param>
    /// <param name="replaces">Whether a file that is there is replaced, also one that comes while the work is done.</param>
    /// <exception cref="IOException">It cannot be written, or what was written is not what is read, or something is there that is not replaced.</exception>
    public static async Task RunAsync(
        IDisk from, DiskTarget target, string path, bool verifies, IProgress<(string Work, DiskCopyProgress Done)>? progress, CancellationToken stop, bool replaces = true)
    {
        RegularFile.Need(path, isWritten: true);
        var unfinished = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}.partial");
        try
        {
            var sink = FileSink.Create(unfinished);
            await using (sink.ConfigureAwait(false))
            {
                await DiskCopy.RunAsync(from, target.Open(sink, from.Length, Path.GetFileName(path)), progress?.Of("Converting"), stop).ConfigureAwait(false);
                // The storage takes its time, and what is read meanwhile is in memory still.
                var flush = Task.Run(sink.Flush, CancellationToken.None);
                try
                {
                    if (verifies) await VerifyAsync(from, target, unfinished, path, progress?.Of("Verifying"), stop).ConfigureAwait(false);
                }
                finally
                {
                    await flush.ConfigureAwait(false);
                }
            }
            Place(unfinished, path, replaces);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    private static void Place(string unfinished, string path, bool replaces)
    {
        RegularFile.Need(path, isWritten: true);
        try
        {
            File.Move(unfinished, path, replaces);
        }
        catch (IOException e) when (!replaces && File.Exists(path))
        {
            throw new IOException($"'{path}' has come to be while the disk was converted, and was not replaced. Name another file, or say that it may be.", e);
        }
    }

    private static async Task VerifyAsync(IDisk from, DiskTarget target, string unfinished, string path, IProgress<DiskCopyProgress>? progress, CancellationToken stop)
    {
        var written = await new DiskOpening { Format = target.Format }.OpenAsync(FileSource.Open(unfinished, path, FileShare.ReadWrite | FileShare.Delete), stop).ConfigureAwait(false);
        await using (written.ConfigureAwait(false))
        {
            var differences = await DiskComparison.RunAsync(from, written, mostRanges: 1, progress, stop).ConfigureAwait(false);
            if (differences.Ranges is [var first, ..])
                throw new IOException($"What was written to '{path}' is not what is read from there, from byte {first.Start} of the disk on. The file was not kept; look at the storage that it lies on.");
        }
    }
}
