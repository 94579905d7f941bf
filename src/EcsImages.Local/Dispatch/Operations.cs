using EcsImages.Local.Ecs;
using EcsImages.Local.Ecs.Building;
using EcsImages.Local.Ecs.Building.Components;
using EcsImages.Local.Ecs.Building.Executions;
using EcsImages.Local.Ecs.Exports;
using EcsImages.Local.Ecs.Imports;
using EcsImages.Local.Location;
using EcsImages.Local.Oos;
using EcsImages.Local.Quotas;
using EcsImages.Local.Ram;
using EcsImages.Local.Sts;

namespace EcsImages.Local.Dispatch;

/// <summary>What the endpoint implements: one line an operation, by product.</summary>
internal static class Operations
{
    public static IReadOnlyDictionary<string, IReadOnlyDictionary<string, IOperation>> ByProduct { get; } =
        new Dictionary<string, IReadOnlyDictionary<string, IOperation>>(StringComparer.Ordinal)
        {
            ["ecs"] = Table(
            [
                new AddTags(),
                new AllocateEipAddress(),
                new AllocatePublicIpAddress(),
                new AssociateEipAddress(),
                new AttachDisk(),
                new AttachKeyPair(),
                new AuthorizeSecurityGroup(),
                new AuthorizeSecurityGroupEgress(),
                new CancelCopyImage(),
                new CancelImagePipelineExecution(),
                new CancelTask(),
                new CopyImage(),
                new CreateDisk(),
                new CreateImage(),
                new CreateImageComponent(),
                new CreateImagePipeline(),
                new CreateInstance(),
                new CreateKeyPair(),
                new CreateLaunchTemplate(),
                new CreateLaunchTemplateVersion(),
                new CreateSecurityGroup(),
                new CreateSnapshot(),
                new CreateVpc(),
                new CreateVSwitch(),
                new DeleteDisk(),
                new DeleteImage(),
                new DeleteImageComponent(),
                new DeleteImagePipeline(),
                new DeleteInstance(),
                new DeleteKeyPairs(),
                new DeleteLaunchTemplate(),
                new DeleteSecurityGroup(),
                new DeleteSnapshot(),
                new DeleteVpc(),
                new DeleteVSwitch(),
                new DescribeAccountAttributes(),
                new DescribeAvailableResource(),
                new DescribeDisks(),
                new DescribeEipAddresses(),
                new DescribeImageComponents(),
                new DescribeImageFromFamily(),
                new DescribeImagePipelineExecutions(),
                new DescribeImagePipelines(),
                new DescribeImages(),
                new DescribeImageSharePermission(),
                new DescribeImageSupportInstanceTypes(),
                new DescribeInstanceAttribute(),
                new DescribeInstances(),
                new DescribeInstanceStatus(),
                new DescribeInstanceTypeFamilies(),
                new DescribeInstanceTypes(),
                new DescribeKeyPairs(),
                new DescribeLaunchTemplates(),
                new DescribeLaunchTemplateVersions(),
                new DescribeRegions(),
                new DescribeSecurityGroupAttribute(),
                new DescribeSecurityGroups(),
                new DescribeSnapshots(),
                new DescribeTags(),
                new DescribeTaskAttribute(),
                new DescribeTasks(),
                new DescribeVpcs(),
                new DescribeVSwitches(),
                new DescribeZones(),
                new DetachDisk(),
                new DetachKeyPair(),
                new ExportImage(),
                new ImportImage(),
                new ImportKeyPair(),
                new ListTagResources(),
                new ModifyImageAttribute(),
                new ModifyImageSharePermission(),
                new ModifyInstanceAttribute(),
                new RebootInstance(),
                new ReleaseEipAddress(),
                new RemoveTags(),
                new ReplaceSystemDisk(),
                new ResizeDisk(),
                new RunInstances(),
                new StartImagePipelineExecution(),
                new StartInstance(),
                new StopInstance(),
                new TagResources(),
                new UnassociateEipAddress(),
                new UntagResources(),
            ]),
            ["location"] = Table(
            [
                new DescribeEndpoint(),
                new DescribeEndpoints(),
            ]),
            ["oos"] = Table(
            [
                new CancelExecution(),
                new GetTemplate(),
                new ListExecutionLogs(),
                new ListExecutions(),
                new ListTaskExecutions(),
                new StartExecution(),
            ]),
            ["ram"] = Table(
            [
                new AttachPolicyToRole(),
                new CreatePolicy(),
                new CreateRole(),
                new DetachPolicyFromRole(),
                new GetPolicy(),
                new GetRole(),
                new ListPoliciesForRole(),
                new ListRoles(),
                new UpdateRole(),
            ]),
            ["sts"] = Table(
            [
                new AssumeRole(),
                new AssumeRoleWithOIDC(),
                new GetCallerIdentity(),
            ]),
            ["quotas"] = Table(
            [
                new CreateQuotaApplication(),
                new GetProductQuota(),
                new ListProductQuotas(),
                new ListProducts(),
            ]),
        };

    public static IOperation? Find(string product, string action) =>
        ByProduct.TryGetValue(product, out var operations) ? operations.GetValueOrDefault(action) : null;

    private static Dictionary<string, IOperation> Table(IOperation[] operations) =>
        operations.ToDictionary(static o => o.Name, StringComparer.Ordinal);
}
