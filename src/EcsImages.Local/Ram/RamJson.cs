using System.Text.Json.Nodes;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ram;

/// <summary>Roles and policies as replies show them.</summary>
internal static class RamJson
{
    public static JsonObject Role(RamRole role, bool isUpdatedShown = true)
    {
        var json = Listed(role);
        json["AssumeRolePolicyDocument"] = role.Trust;
        if (isUpdatedShown) json["UpdateDate"] = Times.Second(role.UpdatedAt);
        return json;
    }

    /// <summary>As in a list: without the trust policy.</summary>
    public static JsonObject Listed(RamRole role) => new()
    {
        ["RoleId"] = role.Id,
        ["RoleName"] = role.Name,
        ["Arn"] = role.Arn,
        ["Description"] = role.Description,
        ["MaxSessionDuration"] = role.MaxSessionSeconds,
        ["CreateDate"] = Times.Second(role.CreatedAt),
    };

    public static JsonObject Policy(RamPolicyRow policy)
    {
        var json = new JsonObject
        {
            ["PolicyName"] = policy.Name,
            ["PolicyType"] = policy.Type,
            ["Description"] = policy.Description,
            ["DefaultVersion"] = "v1",
        };
        if (policy.CreatedAt is { } created) json["CreateDate"] = Times.Second(created);
        return json;
    }
}
