namespace EcsImages.Core.Building;

/// <summary>A part of builds that many pipelines use: commands under a name and a version. Source: DescribeImageComponents.</summary>
/// <remarks>The service has no call that modifies one: a new version of the same name takes its place.</remarks>
public sealed record EcsImageComponent
{
    /// <summary>The id; a line COMPONENT of a pipeline names it.</summary>
    public required string ImageComponentId { get; init; }

    /// <summary>The name, which all versions of it have.</summary>
    public string? Name { get; init; }

    /// <summary>Major, minor and patch, such as 1.0.0; unique under a name.</summary>
    public string? Version { get; init; }

    /// <summary>The description.</summary>
    public string? Description { get; init; }

    /// <summary>Build, or Test for what runs on an instance of the new image.</summary>
    public string? ComponentType { get; init; }

    /// <summary>Linux or Windows.</summary>
    public string? SystemType { get; init; }

    /// <summary>Commands, a line each, or tasks as YAML.</summary>
    public string? Content { get; init; }

    /// <summary>What a pipeline can set when it uses the component.</summary>
    public IReadOnlyList<EcsImageComponentParameter> Parameters { get; init => field = value.ToArray(); } = Array.Empty<EcsImageComponentParameter>();

    /// <summary>SELF, or ALIYUN for those that Alibaba Cloud provides.</summary>
    public string? Owner { get; init; }

    /// <summary>When it was created.</summary>
    public DateTimeOffset? CreationTime { get; init; }

    /// <summary>The resource group.</summary>
    public string? ResourceGroupId { get; init; }

    /// <summary>The tags.</summary>
    public IDictionary<string, string> Tags { get; init; } = new Dictionary<string, string>();

    /// <summary>The region that it lives in.</summary>
    public required string RegionId { get; init; }

    /// <summary>The account through which it was seen; cmdlets that it is piped to act as that account.</summary>
    public required string ContextAccountId { get; init; }

    /// <summary>Whether a call means it, by its id or by its name and version. Whose a component is that Alibaba Cloud provides is not known.</summary>
    internal bool IsMeantBy(ComponentCall call) => call.Id is { } id ? id == ImageComponentId
        : call.Means(RegionId, Owner == "ALIYUN" ? null : ContextAccountId, Name, Version);

    /// <summary>The id.</summary>
    public override string ToString() => ImageComponentId;
}
