using System.Reflection;
using System.Security.Cryptography;

namespace EcsImages.Core.Acs;

/// <summary>What a client needs besides a transport.</summary>
public sealed record AcsClientOptions
{
    private static readonly string DefaultUserAgent =
        $"EcsImage/{typeof(AcsClient).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]} (PowerShell module)";

    /// <summary>Whose calls they are.</summary>
    public required ICredentialSource Credentials { get; init; }

    /// <summary>Where they go.</summary>
    public AcsEndpoints Endpoints { get; init; } = AcsEndpoints.Public;

    /// <summary>When and how they are repeated.</summary>
    public RetryPolicy Retry { get; init; } = new();

    /// <summary>The clock that they are dated with.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Makes a text that was never used before, for each attempt.</summary>
    public Func<string> Nonce { get; init; } = static () => RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>What the service logs as the caller.</summary>
    public string UserAgent { get; init; } = DefaultUserAgent;

    /// <summary>The transport of objects, which leaves bodies as they are; null for that of the calls.</summary>
    internal HttpMessageInvoker? Objects { get; init; }
}
