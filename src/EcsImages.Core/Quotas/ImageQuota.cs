namespace EcsImages.Core.Quotas;

/// <summary>A quota around images: the name that people type, and the code that Quota Center knows it by.</summary>
/// <param name="Name">The name that people type.</param>
/// <param name="Code">Its QuotaActionCode.</param>
/// <param name="IsPerImage">Whether it limits each image by itself, so that its use belongs to an image and not to a region.</param>
/// <remarks>Both are quotas of the product ecs. That 32-bit systems get less than 4 GiB of memory is a limit too, but no quota: nobody can raise it.</remarks>
internal sealed record ImageQuota(string Name, string Code, bool IsPerImage)
{
    /// <summary>Quota Center's name for ECS.</summary>
    public const string ProductCode = "ecs";

    /// <summary>Custom images in a region.</summary>
    public static ImageQuota CustomImage { get; } = new("CustomImage", "q_user-image-count", false);

    /// <summary>Accounts that one image is shared with.</summary>
    public static ImageQuota SharedAccountPerImage { get; } = new("SharedAccountPerImage", "q_user-per-image-shared-user-count", true);

    /// <summary>All that the module has a name for.</summary>
    public static IReadOnlyList<ImageQuota> All { get; } = [CustomImage, SharedAccountPerImage];

    /// <summary>The quota of that name or code. Any other code of Quota Center is its own name; null where it cannot be one.</summary>
    public static ImageQuota? Find(string text) =>
        All.FirstOrDefault(q => q.Name.Equals(text, StringComparison.OrdinalIgnoreCase) || q.Code.Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? (IsCode(text) ? new ImageQuota(text, text, false) : null);

    private static bool IsCode(string text) =>
        text.StartsWith("q_", StringComparison.Ordinal) && text.Length > 2 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.');
}
