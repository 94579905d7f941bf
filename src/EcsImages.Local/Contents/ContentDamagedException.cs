namespace EcsImages.Local.Contents;

/// <summary>The bytes of a content are not those that were stored, or are gone.</summary>
internal sealed class ContentDamagedException : IOException
{
    public ContentDamagedException(string contentId, string file, string what)
        : base($"Content {contentId} is damaged: {what} ({file}). Restore the folder from a backup, or delete what uses the content.") =>
        ContentId = contentId;

    public ContentDamagedException(string contentId, string file, long mib)
        : this(contentId, file, $"MiB {mib} (from byte {mib * MiB.Size}) differs from its SHA-256 digest") => DamagedMiB = mib;

    public string ContentId { get; }

    /// <summary>Which MiB, counted from 0; null where the file as a whole is wrong.</summary>
    public long? DamagedMiB { get; }
}
