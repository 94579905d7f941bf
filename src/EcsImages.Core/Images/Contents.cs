namespace EcsImages.Core.Images;

/// <summary>What images hold, by their disks. Source: ECS "Image overview" (rule 0).</summary>
internal static class Contents
{
    /// <summary>Public images answer no disks: they hold the system disk alone.</summary>
    public static EcsImageContent Of(IEnumerable<EcsImageDisk> disks) =>
        disks.Any(static d => d.DiskType == "data") ? EcsImageContent.SystemAndDataDisks : EcsImageContent.SystemDisk;
}
