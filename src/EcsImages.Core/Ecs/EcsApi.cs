using EcsImages.Core.Acs;
using static EcsImages.Core.Acs.Repeat;

namespace EcsImages.Core.Ecs;

/// <summary>The operations of ECS that the module calls, each with its shapes and whether it may be repeated.</summary>
internal static class EcsApi
{
    private static EcsJson Json => EcsJson.Default;

    public static AcsOperation<DescribeRegionsRequest, DescribeRegionsReply> DescribeRegions { get; } =
        new(AcsProduct.Ecs, nameof(DescribeRegions), Read, Json.DescribeRegionsRequest, Json.DescribeRegionsReply);

    public static AcsOperation<DescribeInstanceTypesRequest, DescribeInstanceTypesReply> DescribeInstanceTypes { get; } =
        new(AcsProduct.Ecs, nameof(DescribeInstanceTypes), Read, Json.DescribeInstanceTypesRequest, Json.DescribeInstanceTypesReply);

    public static AcsOperation<DescribeImageSupportInstanceTypesRequest, DescribeImageSupportInstanceTypesReply> DescribeImageSupportInstanceTypes { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImageSupportInstanceTypes), Read, Json.DescribeImageSupportInstanceTypesRequest, Json.DescribeImageSupportInstanceTypesReply);

    public static AcsOperation<DescribeImagesRequest, DescribeImagesReply> DescribeImages { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImages), Read, Json.DescribeImagesRequest, Json.DescribeImagesReply);

    public static AcsOperation<DescribeImageFromFamilyRequest, DescribeImageFromFamilyReply> DescribeImageFromFamily { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImageFromFamily), Read, Json.DescribeImageFromFamilyRequest, Json.DescribeImageFromFamilyReply);

    public static AcsOperation<CreateImageRequest, CreateImageReply> CreateImage { get; } =
        new(AcsProduct.Ecs, nameof(CreateImage), WithClientToken, Json.CreateImageRequest, Json.CreateImageReply);

    public static AcsOperation<CopyImageRequest, CopyImageReply> CopyImage { get; } =
        new(AcsProduct.Ecs, nameof(CopyImage), WithClientToken, Json.CopyImageRequest, Json.CopyImageReply);

    public static AcsOperation<CancelCopyImageRequest, AcsReply> CancelCopyImage { get; } =
        new(AcsProduct.Ecs, nameof(CancelCopyImage), Never, Json.CancelCopyImageRequest, Json.AcsReply);

    public static AcsOperation<ImportImageRequest, ImportImageReply> ImportImage { get; } =
        new(AcsProduct.Ecs, nameof(ImportImage), WithClientToken, Json.ImportImageRequest, Json.ImportImageReply);

    public static AcsOperation<ExportImageRequest, ExportImageReply> ExportImage { get; } =
        new(AcsProduct.Ecs, nameof(ExportImage), Never, Json.ExportImageRequest, Json.ExportImageReply);

    public static AcsOperation<DescribeTasksRequest, DescribeTasksReply> DescribeTasks { get; } =
        new(AcsProduct.Ecs, nameof(DescribeTasks), Read, Json.DescribeTasksRequest, Json.DescribeTasksReply);

    public static AcsOperation<DescribeTaskAttributeRequest, DescribeTaskAttributeReply> DescribeTaskAttribute { get; } =
        new(AcsProduct.Ecs, nameof(DescribeTaskAttribute), Read, Json.DescribeTaskAttributeRequest, Json.DescribeTaskAttributeReply);

    public static AcsOperation<CancelTaskRequest, AcsReply> CancelTask { get; } =
        new(AcsProduct.Ecs, nameof(CancelTask), Never, Json.CancelTaskRequest, Json.AcsReply);

    public static AcsOperation<DeleteImageRequest, AcsReply> DeleteImage { get; } =
        new(AcsProduct.Ecs, nameof(DeleteImage), SameEffect, Json.DeleteImageRequest, Json.AcsReply);

    public static AcsOperation<ModifyImageAttributeRequest, AcsReply> ModifyImageAttribute { get; } =
        new(AcsProduct.Ecs, nameof(ModifyImageAttribute), SameEffect, Json.ModifyImageAttributeRequest, Json.AcsReply);

    public static AcsOperation<ModifyImageSharePermissionRequest, AcsReply> ModifyImageSharePermission { get; } =
        new(AcsProduct.Ecs, nameof(ModifyImageSharePermission), SameEffect, Json.ModifyImageSharePermissionRequest, Json.AcsReply);

    public static AcsOperation<DescribeImageSharePermissionRequest, DescribeImageSharePermissionReply> DescribeImageSharePermission { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImageSharePermission), Read, Json.DescribeImageSharePermissionRequest, Json.DescribeImageSharePermissionReply);

    public static AcsOperation<TagResourcesRequest, AcsReply> TagResources { get; } =
        new(AcsProduct.Ecs, nameof(TagResources), SameEffect, Json.TagResourcesRequest, Json.AcsReply);

    public static AcsOperation<UntagResourcesRequest, AcsReply> UntagResources { get; } =
        new(AcsProduct.Ecs, nameof(UntagResources), SameEffect, Json.UntagResourcesRequest, Json.AcsReply);

    public static AcsOperation<RunInstancesRequest, RunInstancesReply> RunInstances { get; } =
        new(AcsProduct.Ecs, nameof(RunInstances), WithClientToken, Json.RunInstancesRequest, Json.RunInstancesReply);

    public static AcsOperation<DescribeInstancesRequest, DescribeInstancesReply> DescribeInstances { get; } =
        new(AcsProduct.Ecs, nameof(DescribeInstances), Read, Json.DescribeInstancesRequest, Json.DescribeInstancesReply);

    public static AcsOperation<StartInstanceRequest, AcsReply> StartInstance { get; } =
        new(AcsProduct.Ecs, nameof(StartInstance), Never, Json.StartInstanceRequest, Json.AcsReply);

    public static AcsOperation<StopInstanceRequest, AcsReply> StopInstance { get; } =
        new(AcsProduct.Ecs, nameof(StopInstance), Never, Json.StopInstanceRequest, Json.AcsReply);

    public static AcsOperation<DeleteInstanceRequest, AcsReply> DeleteInstance { get; } =
        new(AcsProduct.Ecs, nameof(DeleteInstance), Never, Json.DeleteInstanceRequest, Json.AcsReply);

    public static AcsOperation<DescribeDisksRequest, DescribeDisksReply> DescribeDisks { get; } =
        new(AcsProduct.Ecs, nameof(DescribeDisks), Read, Json.DescribeDisksRequest, Json.DescribeDisksReply);

    public static AcsOperation<CreateSnapshotRequest, CreateSnapshotReply> CreateSnapshot { get; } =
        new(AcsProduct.Ecs, nameof(CreateSnapshot), WithClientToken, Json.CreateSnapshotRequest, Json.CreateSnapshotReply);

    public static AcsOperation<DescribeSnapshotsRequest, DescribeSnapshotsReply> DescribeSnapshots { get; } =
        new(AcsProduct.Ecs, nameof(DescribeSnapshots), Read, Json.DescribeSnapshotsRequest, Json.DescribeSnapshotsReply);

    public static AcsOperation<DeleteSnapshotRequest, AcsReply> DeleteSnapshot { get; } =
        new(AcsProduct.Ecs, nameof(DeleteSnapshot), Never, Json.DeleteSnapshotRequest, Json.AcsReply);

    public static AcsOperation<DescribeLaunchTemplatesRequest, DescribeLaunchTemplatesReply> DescribeLaunchTemplates { get; } =
        new(AcsProduct.Ecs, nameof(DescribeLaunchTemplates), Read, Json.DescribeLaunchTemplatesRequest, Json.DescribeLaunchTemplatesReply);

    public static AcsOperation<DescribeLaunchTemplateVersionsRequest, DescribeLaunchTemplateVersionsReply> DescribeLaunchTemplateVersions { get; } =
        new(AcsProduct.Ecs, nameof(DescribeLaunchTemplateVersions), Read, Json.DescribeLaunchTemplateVersionsRequest, Json.DescribeLaunchTemplateVersionsReply);

    public static AcsOperation<DescribeImagePipelinesRequest, DescribeImagePipelinesReply> DescribeImagePipelines { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImagePipelines), Read, Json.DescribeImagePipelinesRequest, Json.DescribeImagePipelinesReply);

    public static AcsOperation<CreateImagePipelineRequest, CreateImagePipelineReply> CreateImagePipeline { get; } =
        new(AcsProduct.Ecs, nameof(CreateImagePipeline), WithClientToken, Json.CreateImagePipelineRequest, Json.CreateImagePipelineReply);

    public static AcsOperation<DeleteImagePipelineRequest, AcsReply> DeleteImagePipeline { get; } =
        new(AcsProduct.Ecs, nameof(DeleteImagePipeline), SameEffect, Json.DeleteImagePipelineRequest, Json.AcsReply);

    public static AcsOperation<StartImagePipelineExecutionRequest, StartImagePipelineExecutionReply> StartImagePipelineExecution { get; } =
        new(AcsProduct.Ecs, nameof(StartImagePipelineExecution), WithClientToken, Json.StartImagePipelineExecutionRequest, Json.StartImagePipelineExecutionReply);

    public static AcsOperation<CancelImagePipelineExecutionRequest, AcsReply> CancelImagePipelineExecution { get; } =
        new(AcsProduct.Ecs, nameof(CancelImagePipelineExecution), Never, Json.CancelImagePipelineExecutionRequest, Json.AcsReply);

    public static AcsOperation<DescribeImagePipelineExecutionsRequest, DescribeImagePipelineExecutionsReply> DescribeImagePipelineExecutions { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImagePipelineExecutions), Read, Json.DescribeImagePipelineExecutionsRequest, Json.DescribeImagePipelineExecutionsReply);

    public static AcsOperation<CreateImageComponentRequest, CreateImageComponentReply> CreateImageComponent { get; } =
        new(AcsProduct.Ecs, nameof(CreateImageComponent), WithClientToken, Json.CreateImageComponentRequest, Json.CreateImageComponentReply);

    public static AcsOperation<DescribeImageComponentsRequest, DescribeImageComponentsReply> DescribeImageComponents { get; } =
        new(AcsProduct.Ecs, nameof(DescribeImageComponents), Read, Json.DescribeImageComponentsRequest, Json.DescribeImageComponentsReply);

    public static AcsOperation<DeleteImageComponentRequest, AcsReply> DeleteImageComponent { get; } =
        new(AcsProduct.Ecs, nameof(DeleteImageComponent), SameEffect, Json.DeleteImageComponentRequest, Json.AcsReply);

    public static AcsOperation<DescribeVSwitchesRequest, DescribeVSwitchesReply> DescribeVSwitches { get; } =
        new(AcsProduct.Ecs, nameof(DescribeVSwitches), Read, Json.DescribeVSwitchesRequest, Json.DescribeVSwitchesReply);

    public static AcsOperation<DescribeSecurityGroupsRequest, DescribeSecurityGroupsReply> DescribeSecurityGroups { get; } =
        new(AcsProduct.Ecs, nameof(DescribeSecurityGroups), Read, Json.DescribeSecurityGroupsRequest, Json.DescribeSecurityGroupsReply);
}
