using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Images.Choice;

/// <summary>An image that is to be replaced: one that exists, or what the dated id or the family of one that is gone says.</summary>
internal sealed record ReplacedImage
{
    private const string Bios = "BIOS";
    private const string Uefi = "UEFI";
    private const string Preferred = "UEFI-Preferred";

    /// <summary>The id or family, as it was given.</summary>
    public required string Id { get; init; }

    /// <summary>The image itself, if it still exists.</summary>
    public EcsImage? Image { get; init; }

    /// <summary>Its operating system.</summary>
    public required EcsOSLifecycle System { get; init; }

    public required ImageEdition Edition { get; init; }

    public string? OSType { get; init; }

    public string? Architecture { get; init; }

    public string? BootMode { get; init; }

    public bool NeedsNvme { get; init; }

    /// <summary>Own instances that use it, and their types: what replaces it must start there.</summary>
    public int InstanceCount { get; init; }

    /// <summary>The systems to move to, the nearest first.</summary>
    public IReadOnlyList<string> Systems { get; init; } = [];

    /// <summary>Whether it is one's own image of the same family: what was installed is in it too.</summary>
    public bool IsNewerBuild(EcsImage image) => Image is { ImageType: EcsImageType.Custom, Family: { } family } && image.ImageType is EcsImageType.Custom && image.Family == family;

    /// <summary>An image that exists; null if its operating system is not known.</summary>
    public static ReplacedImage? Of(EcsImage image, DateOnly today) => Lifecycles.Of(image) is not { } system ? null : new()
    {
        Id = image.ImageId,
        Image = image,
        System = system,
        Edition = ImageEdition.Of(image),
        OSType = image.OSType,
        Architecture = image.Architecture,
        BootMode = image.BootMode,
        NeedsNvme = image.NvmeSupport == "supported",
        Systems = Successors.Of(system, today),
    };

    /// <summary>An image that is gone, by its dated id, its family or its operating system in words; null if that says no operating system that is known.</summary>
    public static ReplacedImage? Of(string text, DateOnly today)
    {
        if ((Lifecycles.OfImageId(text) ?? Lifecycles.OfText(text) ?? NewestOf(Lifecycles.Read(text)?.OS)) is not { } system) return null;
        var words = text.ToLowerInvariant().Split([' ', '_', ':', '-', '.'], StringSplitOptions.RemoveEmptyEntries);
        var isArm = words.Contains("arm64") || words.Contains("arm") || words.Contains("aarch64");
        return new()
        {
            Id = text,
            System = system,
            Edition = ImageEdition.Of(text),
            OSType = system.OS.StartsWith("Windows", StringComparison.Ordinal) ? "windows" : "linux",
            Architecture = isArm ? "arm64" : "x86_64",
            // Old public images without a mark boot by BIOS, those for ARM and the UEFI edition by UEFI. Source: "Instance boot modes".
            BootMode = isArm || words.Contains("uefi") ? Uefi : Bios,
            Systems = Successors.Of(system, today),
        };
    }

    /// <summary>What forbids an image to take its place, whatever the type; where types are known, their rules say more.</summary>
    public IEnumerable<Objection> Against(EcsImage image, bool areTypesKnown)
    {
        if (image.ImageId == Image?.ImageId || image.ImageId == Id) yield return new("the image itself", "It is the image that is to be replaced.");
        else if (Image is { CreationTime: { } made } && image.CreationTime < made && Lifecycles.Of(image)?.Name == System.Name) yield return new("older than what it would replace", "It is older than the image that it would replace.");
        if (!Systems.Contains(Lifecycles.Of(image)?.Name ?? "")) yield return new("no successor", $"Nothing leads from {System.Name} to {Lifecycles.Of(image)?.Name ?? image.OSName ?? "an unknown system"}.");
        if (Lifecycles.Of(image)?.Name == System.Name && !IsNewerBuild(image) && ImageEdition.Of(image).DistanceFrom(Edition) > 0) yield return new("another edition", "It is another edition of the same version.");
        if (OSType is not null && image.OSType != OSType) yield return new("another kind of system", $"It is {image.OSType}, the image to be replaced {OSType}.");
        if (Architecture is not null && IsArm(image.Architecture) != IsArm(Architecture)) yield return new("another architecture", $"It is {image.Architecture}, the image to be replaced {Architecture}.");
        if (Edition.Language is { } language && ImageEdition.Of(image).Language is { } other && other != language)
            yield return new("another language", $"It speaks {ImageEdition.Word(other)}, the image to be replaced {ImageEdition.Word(language)}.");
        if (areTypesKnown) yield break;
        if (!BootsWherever(image.BootMode)) yield return new("another boot mode", $"It boots by {image.BootMode}, the image to be replaced by {BootMode}; where its instances run is not known. Name their -InstanceType.");
        if (NeedsNvme && image.NvmeSupport != "supported") yield return new("no NVMe driver", "The image to be replaced has a driver for NVMe disks, this one not.");
        if (FamilyRestrictions.DemandOf(ImageTraits.Of(image)) is { } demand) yield return new("for certain types only", $"This {demand.Kind} image starts on {string.Join(", ", demand.Families)} only.");
    }

    // Where no version is said, the least is moved: the newest was meant.
    private static EcsOSLifecycle? NewestOf(string? os) => Lifecycles.All.LastOrDefault(r => r.OS == os);

    private static bool IsArm(string? architecture) => architecture == "arm64";

    // An image that took UEFI where there was one, and BIOS elsewhere, is replaced by nothing less.
    private bool BootsWherever(string? mode) => BootMode switch
    {
        Bios => mode is Bios or Preferred,
        Uefi => mode is Uefi or Preferred,
        Preferred => mode is Preferred,
        _ => true,
    };
}
