namespace EcsImages.Core.Workflows;

/// <summary>Tokens that make a repeated request the same request; at most 64 ASCII characters.</summary>
internal static class ClientTokens
{
    /// <summary>A token never used before.</summary>
    public static string New() => Guid.NewGuid().ToString();

    /// <summary>The token of one part of a request that a caller named; the same each time, so that running it again is safe.</summary>
    /// <param name="token">The caller's token; null makes a new one.</param>
    /// <param name="part">Which part, such as a region.</param>
    public static string For(string? token, string part) => token is null
        ? New()
        : Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{token}\n{part}"))).ToLowerInvariant();
}
