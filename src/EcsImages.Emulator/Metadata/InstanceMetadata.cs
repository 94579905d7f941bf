using System.Text.RegularExpressions;

namespace EcsImages.Emulator.Metadata;

/// <summary>The instance that clients of the metadata service are on.</summary>
internal sealed record InstanceMetadata
{
    /// <summary>The name or id of its account.</summary>
    public required string Account { get; init; }

    /// <summary>Its RAM role; null for an instance without one.</summary>
    public string? Role { get; init; } = "EmulatorInstanceRole";

    /// <summary>Whether a token is needed: optional or required, in the words of ECS.</summary>
    public string HttpTokens { get; init; } = "optional";

    /// <summary>It, with what a change names.</summary>
    /// <exception cref="ArgumentException">What of it cannot be.</exception>
    public InstanceMetadata With(InstanceChange change) => new()
    {
        Account = change.Account ?? Account,
        Role = change.Role is null ? Role : change.Role.Length == 0 ? null : RoleName.Check(change.Role),
        HttpTokens = change.HttpTokens switch
        {
            null => HttpTokens,
            "optional" or "required" => change.HttpTokens,
            var other => throw new ArgumentException($"httpTokens is optional or required, not '{other}'."),
        },
    };
}

/// <summary>What is to be otherwise; what is not named stays.</summary>
internal sealed record InstanceChange
{
    public string? Account { get; init; }

    /// <summary>Empty for an instance without a role.</summary>
    public string? Role { get; init; }

    public string? HttpTokens { get; init; }
}

/// <summary>What RAM takes for the name of a role.</summary>
internal static partial class RoleName
{
    /// <exception cref="ArgumentException">It is none.</exception>
    public static string Check(string name) => Allowed().IsMatch(name)
        ? name : throw new ArgumentException($"'{name}' is no name of a role: 1 to 64 letters, digits, '.', '_' or '-'.");

    [GeneratedRegex(@"^[A-Za-z0-9._-]{1,64}\z")]
    private static partial Regex Allowed();
}
