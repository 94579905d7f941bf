using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs;

/// <summary>The boot modes of images, and which of them an architecture takes.</summary>
internal static class BootModes
{
    public static string? Read(Call call) => Choice.Of(call, "BootMode", "InvalidBootMode.NotSupport", "BIOS", "UEFI", "UEFI-Preferred");

    /// <summary>The mode asked for, else the image's own, else the service's default.</summary>
    /// <exception cref="EndpointError">InvalidBootMode.NotSupport: arm64 boots by UEFI alone.</exception>
    public static string For(Image image, string? asked)
    {
        var isArm = image.Architecture == "arm64";
        if (asked is not null) return !isArm || asked == "UEFI" ? asked : throw Error.Of("InvalidBootMode.NotSupport", asked, "an arm64 image boots by UEFI");
        return isArm ? "UEFI" : image.BootMode.Length > 0 ? image.BootMode : "UEFI-Preferred";
    }
}
