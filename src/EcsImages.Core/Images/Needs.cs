namespace EcsImages.Core.Images;

/// <summary>The kind of image for a need. Source: ECS "Image overview", how to choose an image type (rule 16).</summary>
internal static class Needs
{
    private const string Source = "ECS, Image overview: choosing an image type (rule 16)";

    public static IReadOnlyList<Need> All { get; } =
    [
        new()
        {
            Name = "Clean OS",
            Words = ["clean", "plain", "fresh", "base", "bare os", "plain os", "clean operating system", "os", "operating system", "public"],
            ImageType = EcsImageType.Public,
            Reason = "A public image is a clean operating system, licensed and tested by Alibaba Cloud.",
            Source = Source,
        },
        new()
        {
            Name = "Own environment",
            Words = ["own", "own software", "own settings", "my software", "my environment", "golden image", "baked", "same as my instance", "clone", "template", "custom"],
            ImageType = EcsImageType.Custom,
            Reason = "A custom image has one's own software and settings in it, so that every instance begins alike.",
            Source = Source,
        },
        new()
        {
            Name = "Application stack",
            Words = ["stack", "ready application", "ready made", "preinstalled", "pre installed", "preinstalled software", "application", "appliance", "lamp", "wordpress", "marketplace"],
            ImageType = EcsImageType.Marketplace,
            Reason = "A Marketplace image brings an application ready to run, made and supported by its vendor.",
            Source = Source,
        },
    ];

    /// <summary>The need that a person means; null if none is known by these words.</summary>
    public static Need? Find(string said) => SaidWords.Find(All, said, static n => n.Name, static n => n.Words);
}
