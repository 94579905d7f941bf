using EcsImages.Core.Ecs;

namespace EcsImages.Core.Machines;

/// <summary>Turns what the service answers about instances, disks, snapshots, types and regions into our objects.</summary>
internal static class MachineReading
{
    private const double MiBPerGiB = 1024;

    public static EcsRegion Read(RegionReply reply, string accountId) => new()
    {
        RegionId = reply.RegionId ?? "",
        LocalName = reply.LocalName,
        Status = reply.Status,
        Endpoint = reply.RegionEndpoint,
        ContextAccountId = accountId,
    };

    public static EcsInstanceType Read(InstanceTypeReply reply, string regionId, string accountId) => new()
    {
        InstanceType = reply.InstanceTypeId ?? "",
        InstanceTypeFamily = reply.InstanceTypeFamily,
        CpuCoreCount = reply.CpuCoreCount,
        MemoryGiB = reply.MemorySize,
        CpuArchitecture = reply.CpuArchitecture,
        SupportedBootModes = reply.SupportedBootModes?.SupportedBootMode ?? [],
        NvmeSupport = Wire.NotEmpty(reply.NvmeSupport),
        GpuCount = reply.GPUAmount,
        GpuSpec = Wire.NotEmpty(reply.GPUSpec),
        LocalStorageCategory = Wire.NotEmpty(reply.LocalStorageCategory),
        FamilyLevel = Wire.NotEmpty(reply.InstanceFamilyLevel),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    public static EcsInstance Read(InstanceReply reply, string regionId, string accountId) => new()
    {
        InstanceId = reply.InstanceId ?? "",
        Name = reply.InstanceName,
        Description = Wire.NotEmpty(reply.Description),
        Status = reply.Status,
        ImageId = reply.ImageId,
        InstanceType = reply.InstanceType,
        CpuCoreCount = reply.Cpu,
        MemoryGiB = reply.Memory / MiBPerGiB,
        OSName = (Wire.NotEmpty(reply.OSNameEn) ?? reply.OSName)?.Replace("  ", " ", StringComparison.Ordinal),
        OSType = reply.OSType,
        PrivateIpAddress = First(reply.VpcAttributes?.PrivateIpAddress),
        PublicIpAddress = First(reply.PublicIpAddress),
        VpcId = reply.VpcAttributes?.VpcId,
        VSwitchId = reply.VpcAttributes?.VSwitchId,
        SecurityGroupId = reply.SecurityGroupIds?.SecurityGroupId ?? [],
        ZoneId = reply.ZoneId,
        KeyPairName = Wire.NotEmpty(reply.KeyPairName),
        CreationTime = Wire.Time(reply.CreationTime),
        StartTime = Wire.Time(reply.StartTime),
        Tags = Wire.Tags(reply.Tags),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    public static EcsDisk Read(DiskReply reply, string regionId, string accountId) => new()
    {
        DiskId = reply.DiskId ?? "",
        Name = Wire.NotEmpty(reply.DiskName),
        Description = Wire.NotEmpty(reply.Description),
        DiskType = reply.Type,
        Category = reply.Category,
        PerformanceLevel = Wire.NotEmpty(reply.PerformanceLevel),
        SizeGiB = reply.Size,
        Status = reply.Status,
        Device = Wire.NotEmpty(reply.Device),
        InstanceId = Wire.NotEmpty(reply.InstanceId),
        ImageId = Wire.NotEmpty(reply.ImageId),
        SourceSnapshotId = Wire.NotEmpty(reply.SourceSnapshotId),
        IsEncrypted = reply.Encrypted,
        KmsKeyId = Wire.NotEmpty(reply.KMSKeyId),
        DeleteWithInstance = reply.DeleteWithInstance,
        ZoneId = reply.ZoneId,
        CreationTime = Wire.Time(reply.CreationTime),
        Tags = Wire.Tags(reply.Tags),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    public static EcsSnapshot Read(SnapshotReply reply, string regionId, string accountId) => new()
    {
        SnapshotId = reply.SnapshotId ?? "",
        Name = Wire.NotEmpty(reply.SnapshotName),
        Description = Wire.NotEmpty(reply.Description),
        Status = reply.Status,
        ProgressPercent = Wire.Percent(reply.Progress),
        RemainingSeconds = reply.RemainTime,
        DiskId = Wire.NotEmpty(reply.SourceDiskId),
        DiskType = reply.SourceDiskType,
        SizeGiB = Wire.Number(reply.SourceDiskSize),
        IsEncrypted = reply.Encrypted,
        KmsKeyId = Wire.NotEmpty(reply.KMSKeyId),
        Usage = reply.Usage,
        CreationTime = Wire.Time(reply.CreationTime),
        Tags = Wire.Tags(reply.Tags),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    private static string? First(IpAddressesReply? addresses) => addresses is { IpAddress: [var first, ..] } ? first : null;
}
