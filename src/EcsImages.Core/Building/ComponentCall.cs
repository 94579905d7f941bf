namespace EcsImages.Core.Building;

/// <summary>A component that a template calls: by id, or by name and version.</summary>
internal sealed record ComponentCall
{
    /// <summary>The component's id, or null where it is called by name.</summary>
    public string? Id { get; init; }

    /// <summary>The region of a call by name.</summary>
    public string? RegionId { get; init; }

    /// <summary>The account of a call by name.</summary>
    public string? AccountId { get; init; }

    /// <summary>The component's name, or null where it is called by its id.</summary>
    public string? Name { get; init; }

    /// <summary>major.minor.patch of a call by name, each a number or <c>*</c>: the latest version that fits is meant.</summary>
    public string? Version { get; init; }

    /// <summary>What is passed for the component's parameters, in the order written.</summary>
    public IReadOnlyList<BuildPair> Parameters { get; init; } = [];

    /// <summary>Whether this call by name means a component; of several that it means, the service takes the latest version.</summary>
    /// <param name="regionId">The component's region.</param>
    /// <param name="accountId">The component's account; one that is not known is not held against it.</param>
    /// <param name="name">The component's name.</param>
    /// <param name="version">The component's version, such as 1.0.3.</param>
    public bool Means(string regionId, string? accountId, string? name, string? version)
    {
        if (Version is null || version is null || RegionId != regionId || Name != name || accountId is not null && AccountId != accountId) return false;
        var (wanted, given) = (Version.Split('.'), version.Split('.'));
        return wanted.Length == given.Length && wanted.Zip(given).All(static p => p.First == "*" || p.First == p.Second);
    }

    /// <summary>The component as the text names it, with a colon before the version.</summary>
    public override string ToString() => Id ?? $"acs:ecs:{RegionId}:{AccountId}:imagecomponent/{Name}:{Version}";
}
