namespace EcsImages.Core.Images;

/// <summary>What an image holds. Source: ECS "Image overview".</summary>
public enum EcsImageContent
{
    /// <summary>The system disk alone.</summary>
    SystemDisk,

    /// <summary>The system disk and data disks: instances of it begin with data.</summary>
    SystemAndDataDisks,
}
