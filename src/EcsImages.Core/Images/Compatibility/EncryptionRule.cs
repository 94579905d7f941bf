using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The disks of an instance of an encrypted image are encrypted. Source: RunInstances, SystemDisk.Encrypted; ModifyImageSharePermission, encrypted images.</summary>
internal static class EncryptionRule
{
    public static EcsCompatibilityRule Judge(EcsImage image) => new()
    {
        Id = "Encryption",
        Severity = EcsCompatibilitySeverity.Informs,
        Finding = image.IsEncrypted ? Violated : Passed,
        Reason = !image.IsEncrypted ? "The image is not encrypted."
            : image.ImageType is EcsImageType.Shared
                ? "The image is encrypted with a key of the account that shares it: the instance's disks are too, and start only while that account leaves the key open to this one."
            : "The image is encrypted: the instance's disks are too, and need its key.",
    };
}
