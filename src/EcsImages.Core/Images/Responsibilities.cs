namespace EcsImages.Core.Images;

/// <summary>The shared responsibility, a row a kind of image.</summary>
internal static class Responsibilities
{
    private const string Source = "ECS, Image overview: shared responsibility, image types (rules 1 to 5 and 8)";
    private const string Cloud = "Hardware, the platform's software, and the network";
    private const string Instance = "updates and patches of the OS, configuration of packages, security groups";

    public static IReadOnlyList<Responsibility> All { get; } =
    [
        new(EcsImageType.Public, "Alibaba Cloud: licensed, and tested for security", $"{Cloud}; and the image as it was released", $"From the launch on: {Instance}", Source),
        new(EcsImageType.Custom, "Your account", Cloud, $"The image, with all that was put into it and left in it (keys, logs); from the launch on: {Instance}", Source),
        new(EcsImageType.Shared, "The account that shares it; Alibaba Cloud checks nothing of it", Cloud, $"Whether to trust the account; the check of what the image holds; from the launch on: {Instance}", Source),
        new(EcsImageType.Marketplace, "Alibaba Cloud or a vendor; tested before it is offered", $"{Cloud}; and the test of the image before it is offered", $"Updates of the software that it brings, as its vendor says; from the launch on: {Instance}", Source),
        new(EcsImageType.Community, "Any account; Alibaba Cloud checks nothing of it", Cloud, $"Whether to trust the publisher; the check of what the image holds, before anything else runs; from the launch on: {Instance}", Source),
    ];

    private static readonly Responsibility OfUnknown = new(null, "Not known: a kind of image that this version does not know", Cloud, $"The check of what the image holds; from the launch on: {Instance}", Source);

    public static Responsibility Of(EcsImageType? type) => All.FirstOrDefault(r => r.ImageType == type) ?? OfUnknown;
}
