namespace EcsImages.Core.Disks.Inspection;

/// <summary>What lies on a disk is not what it says it is, or cannot be read here; the disk-image file itself may be whole.</summary>
/// <param name="problem">A clause without a full stop.</param>
internal sealed class DamagedVolumeException(string problem) : Exception(problem);
