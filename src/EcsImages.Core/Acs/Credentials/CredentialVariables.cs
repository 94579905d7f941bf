namespace EcsImages.Core.Acs.Credentials;

/// <summary>The environment variables that the official clients agree on, beside those of a key.</summary>
internal static class CredentialVariables
{
    public const string RoleArn = "ALIBABA_CLOUD_ROLE_ARN";
    public const string RoleSessionName = "ALIBABA_CLOUD_ROLE_SESSION_NAME";
    public const string OidcProviderArn = "ALIBABA_CLOUD_OIDC_PROVIDER_ARN";
    public const string OidcTokenFile = "ALIBABA_CLOUD_OIDC_TOKEN_FILE";
    public const string StsRegion = "ALIBABA_CLOUD_STS_REGION";
    public const string IsPrivateNetwork = "ALIBABA_CLOUD_VPC_ENDPOINT_ENABLED";
    public const string Profile = "ALIBABA_CLOUD_PROFILE";
    public const string ProfileFileDisabled = "ALIBABA_CLOUD_CLI_PROFILE_DISABLED";
    public const string CredentialsFile = "ALIBABA_CLOUD_CREDENTIALS_FILE";
    public const string MetadataRole = "ALIBABA_CLOUD_ECS_METADATA";
    public const string MetadataDisabled = "ALIBABA_CLOUD_ECS_METADATA_DISABLED";
    public const string OpenMetadataDisabled = "ALIBABA_CLOUD_IMDSV1_DISABLED";
    public const string CredentialsUri = "ALIBABA_CLOUD_CREDENTIALS_URI";
}
