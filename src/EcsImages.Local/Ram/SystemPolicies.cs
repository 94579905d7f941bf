using System.Text.Json.Nodes;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ram;

/// <summary>Policies of the service's own, as far as clients of images meet them. Source: RAM, "System policies"; ram-2015-05-01.json, wellKnownRoles.</summary>
internal static class SystemPolicies
{
    private static readonly Dictionary<string, RamPolicyRow> All = new[]
    {
        Policy("AdministratorAccess", "Full access to all resources.", "*"),
        Policy("AliyunECSFullAccess", "Full access to Elastic Compute Service.", "ecs:*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"),
        Policy("AliyunECSReadOnlyAccess", "Read-only access to Elastic Compute Service.", "ecs:Describe*", "ecs:List*", "vpc:DescribeVpcs", "vpc:DescribeVSwitches"),
        Policy("AliyunOOSFullAccess", "Full access to Operation Orchestration Service.", "oos:*"),
        Policy("AliyunOSSFullAccess", "Full access to Object Storage Service.", "oss:*"),
        Policy("AliyunOSSReadOnlyAccess", "Read-only access to Object Storage Service.", "oss:Get*", "oss:List*"),
        Policy("AliyunRAMReadOnlyAccess", "Read-only access to Resource Access Management.", "ram:Get*", "ram:List*"),
        Policy("AliyunSTSAssumeRoleAccess", "Lets who has it assume roles.", "sts:AssumeRole"),
        Policy("AliyunECSImageImportRolePolicy", "Lets ECS read objects for the import of images.", "oss:GetObject", "oss:GetBucketLocation", "oss:GetBucketInfo"),
        Policy("AliyunECSImageExportRolePolicy", "Lets ECS write objects for the export of images.",
            "oss:GetObject", "oss:PutObject", "oss:DeleteObject", "oss:GetBucketLocation", "oss:GetBucketInfo", "oss:AbortMultipartUpload",
            "oss:ListMultipartUploads", "oss:ListParts"),
    }.ToDictionary(static p => p.Name, StringComparer.OrdinalIgnoreCase);

    public static RamPolicyRow? Find(string name) => All.GetValueOrDefault(name);

    private static RamPolicyRow Policy(string name, string description, params string[] actions) => new(name, RamPolicies.System, new JsonObject
    {
        ["Version"] = "1",
        ["Statement"] = new JsonArray(new JsonObject
        {
            ["Effect"] = "Allow",
            ["Action"] = new JsonArray([.. actions.Select(static a => JsonValue.Create(a))]),
            ["Resource"] = "*",
        }),
    }.ToJsonString(), description, CreatedAt: null);
}
