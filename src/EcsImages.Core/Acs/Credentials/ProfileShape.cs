using System.Text.Json;
using System.Text.Json.Serialization;

namespace EcsImages.Core.Acs.Credentials;

internal sealed record ProfileFileShape
{
    [JsonPropertyName("current")]
    public string? Current { get; init; }

    [JsonPropertyName("profiles")]
    public IReadOnlyList<ProfileShape> Profiles { get => field ?? []; init; } = [];
}

internal sealed record ProfileShape
{
    [JsonPropertyName("name")]
    public string? Name { get; init; }

    [JsonPropertyName("mode")]
    public string? Mode { get; init; }

    [JsonPropertyName("access_key_id")]
    public string? AccessKeyId { get; init; }

    [JsonPropertyName("access_key_secret")]
    public string? AccessKeySecret { get; init; }

    [JsonPropertyName("sts_token")]
    public string? StsToken { get; init; }

    [JsonPropertyName("ram_role_arn")]
    public string? RamRoleArn { get; init; }

    [JsonPropertyName("ram_session_name")]
    public string? RamSessionName { get; init; }

    [JsonPropertyName("source_profile")]
    public string? SourceProfile { get; init; }

    [JsonPropertyName("ram_role_name")]
    public string? RamRoleName { get; init; }

    [JsonPropertyName("oidc_provider_arn")]
    public string? OidcProviderArn { get; init; }

    [JsonPropertyName("oidc_token_file")]
    public string? OidcTokenFile { get; init; }

    [JsonPropertyName("credentials_uri")]
    public string? CredentialsUri { get; init; }

    /// <summary>When a session that the official client keeps here ends, in seconds of Unix.</summary>
    [JsonPropertyName("sts_expiration")]
    public long? StsExpiration { get; init; }

    [JsonPropertyName("expired_seconds")]
    public int? ExpiredSeconds { get; init; }

    [JsonPropertyName("sts_region")]
    public string? StsRegion { get; init; }

    [JsonPropertyName("sts_endpoint")]
    public string? StsEndpoint { get; init; }

    [JsonPropertyName("enable_vpc")]
    public bool? EnableVpc { get; init; }

    [JsonPropertyName("external_id")]
    public string? ExternalId { get; init; }

    [JsonPropertyName("policy")]
    public string? Policy { get; init; }

    [JsonPropertyName("region_id")]
    public string? RegionId { get; init; }

    /// <summary>Whether it says nothing of a key: the official client writes such a profile before anybody has configured one.</summary>
    public bool IsEmpty => Mode is null or "" or "AK" && string.IsNullOrEmpty(AccessKeyId) && string.IsNullOrEmpty(AccessKeySecret);

    // Records print their members; this one holds secrets.
    public override string ToString() => $"profile {Name} ({Mode})";
}

[JsonSerializable(typeof(ProfileFileShape))]
[JsonSourceGenerationOptions(AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip)]
internal sealed partial class ProfileJson : JsonSerializerContext;
