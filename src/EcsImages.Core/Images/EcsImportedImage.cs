using System.Diagnostics.CodeAnalysis;

namespace EcsImages.Core.Images;

/// <summary>An image as the import that makes it gives it: with the task, so that what follows tasks takes it. Source: ImportImage.</summary>
public sealed record EcsImportedImage : EcsImage
{
    [SetsRequiredMembers]
    internal EcsImportedImage(EcsImage image, string taskId) : base(image) => TaskId = taskId;

    /// <summary>The task that makes it.</summary>
    public string TaskId { get; }

    /// <summary>The id: what a cmdlet that takes a text wants of an image.</summary>
    public override string ToString() => ImageId;
}
