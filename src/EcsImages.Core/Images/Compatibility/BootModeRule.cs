using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The image's boot mode must be one of the type's; UEFI-Preferred takes UEFI where the type has it, else BIOS. Source: "Instance boot modes".</summary>
internal sealed class BootModeRule() : LaunchRule("BootMode")
{
    private const string Uefi = "UEFI";
    private const string Bios = "BIOS";
    private const string Preferred = "UEFI-Preferred";

    /// <summary>How an instance would boot; null if it could not, or nobody can tell.</summary>
    public static string? Resulting(in ImageTraits image, in TypeTraits type) => image.BootMode switch
    {
        Preferred => type.BootModes.Contains(Uefi) ? Uefi : type.BootModes.Contains(Bios) ? Bios : null,
        Uefi or Bios => type.BootModes.Contains(image.BootMode) ? image.BootMode : null,
        _ => null,
    };

    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        type.BootModes.Count == 0 || image.BootMode is not (Uefi or Bios or Preferred) ? Unknown : Resulting(image, type) is null ? Violated : Passed;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) => finding switch
    {
        Unknown when type.BootModes.Count == 0 => $"The service did not say how the type boots; the image boots by {(string.IsNullOrEmpty(image.BootMode) ? "a mode that it did not say either" : image.BootMode)}.",
        Unknown when string.IsNullOrEmpty(image.BootMode) => $"The service did not say how the image boots (old images without a mark boot by BIOS); the type boots by {Modes(type)}.",
        Unknown => $"This version of the module does not know the boot mode {image.BootMode} of the image; the type boots by {Modes(type)}.",
        Violated => $"The image boots by {image.BootMode}, the type by {Modes(type)}.",
        _ when image.BootMode == Preferred => $"The image is {Preferred}, the type boots by {Modes(type)}: an instance boots by {Resulting(image, type)}.",
        _ => $"Image and type boot by {image.BootMode}.",
    };

    private static string Modes(in TypeTraits type) => string.Join(" or ", type.BootModes) + (type.BootModes.Count == 1 ? " only" : "");
}
