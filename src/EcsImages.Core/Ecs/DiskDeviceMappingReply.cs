using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ecs;

internal sealed record DiskDeviceMappingReply
{
    public string? Device { get; init; }

    public string? Type { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? Size { get; init; }

    public string? SnapshotId { get; init; }

    public string? Format { get; init; }

    public string? ImportOSSBucket { get; init; }

    public bool? Encrypted { get; init; }

    [JsonConverter(typeof(LenientText))]
    public string? Progress { get; init; }

    public int? RemainTime { get; init; }
}

internal sealed record DiskDeviceMappingsReply
{
    public IReadOnlyList<DiskDeviceMappingReply> DiskDeviceMapping { get => field ?? []; init; } = [];
}
