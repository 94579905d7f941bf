using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ram;

/// <summary>The operations of Resource Access Management that the module calls.</summary>
internal static class RamApi
{
    private static RamJson Json => RamJson.Default;

    public static AcsOperation<GetRoleRequest, GetRoleReply> GetRole { get; } =
        new(AcsProduct.Ram, nameof(GetRole), Repeat.Read, Json.GetRoleRequest, Json.GetRoleReply);

    public static AcsOperation<ListPoliciesForRoleRequest, ListPoliciesForRoleReply> ListPoliciesForRole { get; } =
        new(AcsProduct.Ram, nameof(ListPoliciesForRole), Repeat.Read, Json.ListPoliciesForRoleRequest, Json.ListPoliciesForRoleReply);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetRoleRequest))]
[JsonSerializable(typeof(GetRoleReply))]
[JsonSerializable(typeof(ListPoliciesForRoleRequest))]
[JsonSerializable(typeof(ListPoliciesForRoleReply))]
internal sealed partial class RamJson : JsonSerializerContext;
