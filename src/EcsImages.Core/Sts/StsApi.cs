using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Sts;

/// <summary>The operations of STS that the module calls.</summary>
public static class StsApi
{
    /// <summary>Who am I?</summary>
    public static AcsOperation<GetCallerIdentityRequest, GetCallerIdentityReply> GetCallerIdentity { get; } =
        new(AcsProduct.Sts, "GetCallerIdentity", Repeat.Read, StsJson.Default.GetCallerIdentityRequest, StsJson.Default.GetCallerIdentityReply);

    /// <summary>A temporary key of a role.</summary>
    public static AcsOperation<AssumeRoleRequest, AssumeRoleReply> AssumeRole { get; } =
        new(AcsProduct.Sts, "AssumeRole", Repeat.SameEffect, StsJson.Default.AssumeRoleRequest, StsJson.Default.AssumeRoleReply);

    /// <summary>A temporary key of a role, for the token of an identity provider instead of a key.</summary>
    public static AcsOperation<AssumeRoleWithOIDCRequest, AssumeRoleReply> AssumeRoleWithOIDC { get; } =
        new(AcsProduct.Sts, "AssumeRoleWithOIDC", Repeat.SameEffect, StsJson.Default.AssumeRoleWithOIDCRequest, StsJson.Default.AssumeRoleReply) { IsAnonymous = true };
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetCallerIdentityRequest))]
[JsonSerializable(typeof(GetCallerIdentityReply))]
[JsonSerializable(typeof(AssumeRoleRequest))]
[JsonSerializable(typeof(AssumeRoleWithOIDCRequest))]
[JsonSerializable(typeof(AssumeRoleReply))]
internal sealed partial class StsJson : JsonSerializerContext;
