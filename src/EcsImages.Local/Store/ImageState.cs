namespace EcsImages.Local.Store;

/// <summary>The states of an image, and which one holds when.</summary>
internal static class ImageState
{
    public const string Waiting = "Waiting", Creating = "Creating", Available = "Available",
        UnAvailable = "UnAvailable", CreateFailed = "CreateFailed", Deprecated = "Deprecated";

    public static IReadOnlyList<string> All { get; } = [Creating, Waiting, Available, UnAvailable, CreateFailed, Deprecated];

    public static string At(Image image, DateTimeOffset now) =>
        image.StartedAt is not { } start || now < start ? Waiting : now < start + image.Duration ? Creating : image.Outcome;

    /// <summary>0 to 100; a failed one stays where it broke off, at 50 by our choice.</summary>
    public static int ProgressAt(Image image, DateTimeOffset now) => At(image, now) switch
    {
        Waiting => 0,
        Creating when image.Planned is { } planned => Math.Min(image.BytesPercent, Clocked(image, planned, now)),
        Creating => Clocked(image, image.Duration, now),
        CreateFailed => 50,
        _ => 100,
    };

    private static int Clocked(Image image, TimeSpan whole, DateTimeOffset now) =>
        whole <= TimeSpan.Zero ? 99 : (int)Math.Min(99, 100 * (now - image.StartedAt!.Value) / whole);
}
