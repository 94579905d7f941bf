namespace EcsImages.Core.Machines;

/// <summary>An instance. Source: DescribeInstances.</summary>
public sealed record EcsInstance
{
    /// <summary>The id.</summary>
    public required string InstanceId { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Pending, Starting, Running, Stopping or Stopped.</summary>
    public string? Status { get; init; }

    /// <summary>The image that it was made from.</summary>
    public string? ImageId { get; init; }

    /// <summary>The instance type.</summary>
    public string? InstanceType { get; init; }

    /// <summary>Number of vCPUs.</summary>
    public int? CpuCoreCount { get; init; }

    /// <summary>Memory in GiB.</summary>
    public double? MemoryGiB { get; init; }

    /// <summary>The operating system, in English.</summary>
    public string? OSName { get; init; }

    /// <summary>linux or windows.</summary>
    public string? OSType { get; init; }

    /// <summary>Its address in its VPC.</summary>
    public string? PrivateIpAddress { get; init; }

    /// <summary>Its public address.</summary>
    public string? PublicIpAddress { get; init; }

    /// <summary>The VPC.</summary>
    public string? VpcId { get; init; }

    /// <summary>The vSwitch.</summary>
    public string? VSwitchId { get; init; }

    /// <summary>The security groups.</summary>
    public IReadOnlyList<string> SecurityGroupId { get; init => field = value.ToArray(); } = [];

    /// <summary>The zone.</summary>
    public string? ZoneId { get; init; }

    /// <summary>The key pair.</summary>
    public string? KeyPairName { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>When it was last started.</summary>
    public DateTimeOffset? StartTime { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>The id.</summary>
    public override string ToString() => InstanceId;
}
