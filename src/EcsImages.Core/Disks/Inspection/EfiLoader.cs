namespace EcsImages.Core.Disks.Inspection;

/// <summary>A program that UEFI firmware can start.</summary>
/// <param name="Path">On the EFI system partition, such as EFI/BOOT/BOOTX64.EFI.</param>
/// <param name="Architecture">x86_64, arm64 or i386; null for others and where it cannot be told.</param>
internal sealed record EfiLoader(string Path, string? Architecture)
{
    /// <summary>Whether firmware starts it on a machine that remembers no other: what a new instance is.</summary>
    public bool IsFallback => Path.StartsWith("EFI/BOOT/BOOT", StringComparison.OrdinalIgnoreCase);
}
