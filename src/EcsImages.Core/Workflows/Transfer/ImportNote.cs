using System.Text.Json.Serialization;

namespace EcsImages.Core.Workflows.Transfer;

/// <summary>What an import of a file has begun.</summary>
/// <param name="Fingerprint">What the file was.</param>
/// <param name="BucketName">Where it goes.</param>
/// <param name="ObjectKey">Where it goes.</param>
/// <param name="ClientToken">Of the import, the same over all tries, so that none makes a second image.</param>
/// <param name="Request">What was asked for with this token; another request needs another one.</param>
internal sealed record ImportNote(string Fingerprint, string BucketName, string ObjectKey, string ClientToken, string Request)
{
    /// <summary>The image that is being made; null before the service has agreed.</summary>
    public string? ImageId { get; init; }

    /// <summary>The task that makes it; null before the service has agreed.</summary>
    public string? TaskId { get; init; }
}

[JsonSerializable(typeof(ImportNote))]
[JsonSerializable(typeof(ExportNote))]
internal sealed partial class NoteJson : JsonSerializerContext;
