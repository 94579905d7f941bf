using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ram;

/// <summary>The operations of Resource Access Management that the module calls.</summary>
internal static class RamApi
{
    private static RamJson Json => RamJson.Default;

    public static AcsOperation<GetRoleRequest, GetRoleReply> GetRole { get; } =
        new(AcsProduct.Ram, nameof(GetRole), Repeat.Read, Json.GetRoleRequest, Json.GetRoleReply);

    // Sent again after a lost answer it is refused, since the role is there: whoever calls it takes that for done.
    public static AcsOperation<CreateRoleRequest, AcsReply> CreateRole { get; } =
        new(AcsProduct.Ram, nameof(CreateRole), Repeat.SameEffect, Json.CreateRoleRequest, Json.AcsReply);

    public static AcsOperation<AttachPolicyToRoleRequest, AcsReply> AttachPolicyToRole { get; } =
        new(AcsProduct.Ram, nameof(AttachPolicyToRole), Repeat.SameEffect, Json.AttachPolicyToRoleRequest, Json.AcsReply);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetRoleRequest))]
[JsonSerializable(typeof(GetRoleReply))]
[JsonSerializable(typeof(CreateRoleRequest))]
[JsonSerializable(typeof(AttachPolicyToRoleRequest))]
[JsonSerializable(typeof(AcsReply))]
internal sealed partial class RamJson : JsonSerializerContext;
