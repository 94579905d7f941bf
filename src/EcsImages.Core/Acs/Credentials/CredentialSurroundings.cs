namespace EcsImages.Core.Acs.Credentials;

/// <summary>What a search for credentials looks at, and whom it asks.</summary>
internal sealed record CredentialSurroundings
{
    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Variable { get; init; }

    /// <summary>The user's own folder.</summary>
    public required string Home { get; init; }

    /// <summary>Makes clients of STS.</summary>
    public required StsClients Sts { get; init; }

    /// <summary>Asks metadata services and credentials URIs.</summary>
    public required NearbyService Nearby { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where the metadata service is.</summary>
    public Uri MetadataAddress { get; init; } = MetadataService.Usual;

    /// <summary>A variable's value; null if it has none.</summary>
    public string? Value(string name) => Variable(name) is { Length: > 0 } value ? value : null;

    /// <summary>Whether a variable says true.</summary>
    public bool Says(string name) => string.Equals(Variable(name)?.Trim(), "true", StringComparison.OrdinalIgnoreCase);
}
