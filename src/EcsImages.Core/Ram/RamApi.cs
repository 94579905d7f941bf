using System.Text.Json.Serialization;
using EcsImages.Core.Acs;

namespace EcsImages.Core.Ram;

/// <summary>The operations of Resource Access Management that the module calls.</summary>
internal static class RamApi
{
    private static RamJson Json => RamJson.Default;

    public static AcsOperation<GetRoleRequest, GetRoleReply> GetRole { get; } =
        new(AcsProduct.Ram, nameof(GetRole), Repeat.Read, Json.GetRoleRequest, Json.GetRoleReply);
}

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(GetRoleRequest))]
[JsonSerializable(typeof(GetRoleReply))]
internal sealed partial class RamJson : JsonSerializerContext;
