namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>What an execution has made so far, or found, that later stages need.</summary>
internal sealed record BuildMade
{
    /// <summary>The id of the image that is built on; what the pipeline says was resolved when it started.</summary>
    public required string BaseImage { get; init; }

    /// <summary>The task of its import; null where it was not imported for this.</summary>
    public string? ImportTask { get; init; }
    public string InstanceType { get; init; } = "";

    /// <summary>Null where the pipeline names a vSwitch.</summary>
    public string? Vpc { get; init; }
    public string VSwitch { get; init; } = "";
    public string? SecurityGroup { get; init; }

    /// <summary>The instance that is built on.</summary>
    public string? Instance { get; init; }
    public string? TestInstance { get; init; }
    public IReadOnlyList<BuildCopy> Copies { get; init; } = [];

    /// <summary>Whether something of the distribution failed.</summary>
    public bool IsPartial { get; init; }
}

/// <summary>A copy of the image in another region.</summary>
internal sealed record BuildCopy(string RegionId, string ImageId);
