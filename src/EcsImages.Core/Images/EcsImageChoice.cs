using System.Diagnostics.CodeAnalysis;

namespace EcsImages.Core.Images;

/// <summary>An image with its rank among those that answer a question, or with what left it out. It is an image: whatever takes one takes it.</summary>
public sealed record EcsImageChoice : EcsImage
{
    /// <summary>An image that was weighed.</summary>
    [SetsRequiredMembers]
    internal EcsImageChoice(EcsImage image) : base(image)
    {
    }

    /// <summary>1 is the best of its region; null for an image that was left out.</summary>
    public int? Rank { get; init; }

    /// <summary>What speaks for it, and what should be known of it.</summary>
    public IReadOnlyList<string> Reasons { get; init => field = value.ToArray(); } = [];

    /// <summary>What left it out; empty for an image that has a rank.</summary>
    public IReadOnlyList<string> LeftOut { get; init => field = value.ToArray(); } = [];

    /// <summary>The image that it replaces, if that was asked.</summary>
    public string? Replaces { get; init; }

    /// <summary>The id: what a cmdlet that takes a text wants of an image.</summary>
    public override string ToString() => ImageId;
}
