using EcsImages.Local.Store;

namespace EcsImages.Local.Work;

/// <summary>Bytes that are to be moved for a task.</summary>
/// <param name="Key">Its row.</param>
/// <param name="Task">The task's id.</param>
/// <param name="Action">The operation that the task is of.</param>
/// <param name="Resource">The image.</param>
/// <param name="Disks">What it consists of, as far as bytes are moved for it.</param>
internal sealed record ByteWork(long Key, string Task, string Action, string Resource, IReadOnlyList<ByteWorkDisk> Disks)
{
    /// <summary>How long what waits for bytes takes until they are there: longer than anyone looks.</summary>
    public static TimeSpan Held { get; } = TimeSpan.FromDays(36525);

    /// <summary>0 to 99.</summary>
    public int PercentAt(int number, long done)
    {
        var sum = Disks.Sum(d => (double)(d.Number == number ? done : d.Result is null ? d.Done : d.Length));
        return (int)Math.Clamp(100 * sum / Disks.Sum(static d => (double)d.Length), 0, 99);
    }
}

/// <summary>One disk of several, and how far it is.</summary>
/// <param name="Number">Of the part of the task, from 1.</param>
/// <param name="Name">The device in the image.</param>
/// <param name="Format">Of the file.</param>
/// <param name="Bucket">Of the file.</param>
/// <param name="Key">Of the file, as the store has it.</param>
/// <param name="Source">The content that is read; null is a disk of zeros.</param>
/// <param name="Length">What is to be done, in bytes.</param>
/// <param name="Done">What is kept of it.</param>
/// <param name="Result">The content of the file, once it is whole.</param>
internal sealed record ByteWorkDisk(int Number, string Name, string Format, string Bucket, byte[] Key, string? Source, long Length, long Done = 0, string? Result = null)
{
    public string File => $"{Bucket}/{System.Text.Encoding.UTF8.GetString(Key)}";
}

/// <summary>The file of a disk, as it will lie in the bucket.</summary>
internal sealed record ByteWorkFile(string Content, long Size, string ETag, ulong Crc64)
{
    public void Keep(Session store, ByteWork work, ByteWorkDisk disk) => store.Execute(
        "UPDATE byte_work_disk SET result = $content, size = $size, etag = $etag, crc64 = $crc WHERE work = $work AND number = $number",
        ("content", Content), ("size", Size), ("etag", ETag), ("crc", unchecked((long)Crc64)), ("work", work.Key), ("number", disk.Number));

    public static ByteWorkFile Of(Session store, ByteWork work, ByteWorkDisk disk) => store.Single(
        "SELECT result, size, etag, crc64 FROM byte_work_disk WHERE work = $work AND number = $number",
        static r => new ByteWorkFile(r.GetString(0), r.GetInt64(1), r.GetString(2), unchecked((ulong)r.GetInt64(3))), ("work", work.Key), ("number", disk.Number))!;
}
