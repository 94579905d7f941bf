using EcsImages.Core.Ecs;

namespace EcsImages.Core.Building;

/// <summary>Turns what the service answers about components, pipelines and executions into our objects.</summary>
internal static class BuildReading
{
    public static EcsImageComponent Read(ImageComponentReply reply, string regionId, string accountId) => new()
    {
        ImageComponentId = reply.ImageComponentId ?? "",
        Name = Wire.NotEmpty(reply.Name),
        Version = Wire.NotEmpty(reply.ComponentVersion),
        Description = Wire.NotEmpty(reply.Description),
        ComponentType = Wire.NotEmpty(reply.ComponentType),
        SystemType = Wire.NotEmpty(reply.SystemType),
        Content = Wire.NotEmpty(reply.Content),
        Parameters = (reply.Parameters?.Parameter ?? []).Where(static p => p?.Name is not null)
            .Select(static p => new EcsImageComponentParameter(p.Name!, Wire.NotEmpty(p.Type), Wire.NotEmpty(p.DefaultValue))).ToArray(),
        Owner = Wire.NotEmpty(reply.Owner),
        CreationTime = Wire.Time(reply.CreationTime),
        ResourceGroupId = Wire.NotEmpty(reply.ResourceGroupId),
        Tags = Wire.Tags(reply.Tags),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    public static EcsImagePipeline Read(ImagePipelineReply reply, string regionId, string accountId)
    {
        var import = reply.BaseImageType is "OSS" && reply.ImportImageOptions is { } options ? Read(options) : null;
        return new()
        {
            ImagePipelineId = reply.ImagePipelineId ?? "",
            Name = Wire.NotEmpty(reply.Name),
            Description = Wire.NotEmpty(reply.Description),
            BaseImageType = Wire.NotEmpty(reply.BaseImageType),
            BaseImage = Wire.NotEmpty(reply.BaseImage) ?? import?.ToString(),
            Import = import,
            BuildContent = Wire.NotEmpty(reply.BuildContent),
            TestContent = Wire.NotEmpty(reply.TestContent),
            InstanceType = Wire.NotEmpty(reply.InstanceType),
            SystemDiskSizeGiB = reply.SystemDiskSize,
            VSwitchId = Wire.NotEmpty(reply.VSwitchId),
            InternetMaxBandwidthOut = reply.InternetMaxBandwidthOut,
            DeleteInstanceOnFailure = reply.DeleteInstanceOnFailure,
            RepairMode = Wire.NotEmpty(reply.RepairMode),
            RepairItem = Texts(reply.RepairItems?.RepairItem),
            ImageName = Wire.NotEmpty(reply.ImageOptions?.ImageName) ?? Wire.NotEmpty(reply.ImageName),
            HasImageNameSuffix = reply.AdvancedOptions?.ImageNameSuffix is not "disable",
            ImageFamily = Wire.NotEmpty(reply.ImageOptions?.ImageFamily) ?? Wire.NotEmpty(reply.ImageFamily),
            ImageDescription = Wire.NotEmpty(reply.ImageOptions?.Description),
            NvmeSupport = Wire.NotEmpty(reply.ImageOptions?.ImageFeatures?.NvmeSupport) ?? Wire.NotEmpty(reply.NvmeSupport),
            ImageTags = Wire.Tags(reply.ImageOptions?.ImageTags is { } tags ? new TagsReply { Tag = tags.ImageTag } : null),
            DestinationRegionId = Texts(reply.ToRegionIds?.ToRegionId),
            AccountId = Texts(reply.AddAccounts?.AddAccount),
            CreationTime = Wire.Time(reply.CreationTime),
            ResourceGroupId = Wire.NotEmpty(reply.ResourceGroupId),
            Tags = Wire.Tags(reply.Tags),
            RegionId = regionId,
            ContextAccountId = accountId,
        };
    }

    /// <param name="reply">What the service answers.</param>
    /// <param name="pipeline">The pipeline, which decides on the stages; null where it could not be read.</param>
    /// <param name="regionId">The region.</param>
    /// <param name="accountId">The account that sees it.</param>
    public static EcsImagePipelineExecution Read(ImagePipelineExecutionReply reply, EcsImagePipeline? pipeline, string regionId, string accountId) => new()
    {
        ExecutionId = reply.ExecutionId ?? "",
        ImagePipelineId = Wire.NotEmpty(reply.ImagePipelineId),
        PipelineName = pipeline?.Name,
        Status = Wire.NotEmpty(reply.Status),
        Stages = BuildStages.Of(reply.Status, pipeline, reply.Message),
        Message = Wire.NotEmpty(reply.Message),
        ErrorCode = Wire.NotEmpty(reply.ErrorCode),
        ErrorInfo = Wire.NotEmpty(reply.ErrorInfo),
        ImageId = Wire.NotEmpty(reply.ImageId),
        CreationTime = Wire.Time(reply.CreationTime),
        ModifiedTime = Wire.Time(reply.ModifiedTime),
        ResourceGroupId = Wire.NotEmpty(reply.ResourceGroupId),
        Tags = Wire.Tags(reply.Tags),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    private static EcsImagePipelineImport Read(ImportImageOptionsReply reply) => new()
    {
        Objects = (reply.DiskDeviceMappings?.DiskDeviceMapping ?? []).Where(static d => d is not null).Select(static d => $"{d.OSSBucket}/{d.OSSObject}").ToArray(),
        OSType = Wire.NotEmpty(reply.OSType),
        Platform = Wire.NotEmpty(reply.Platform),
        Architecture = Wire.NotEmpty(reply.Architecture),
        BootMode = Wire.NotEmpty(reply.BootMode),
        NvmeSupport = Wire.NotEmpty(reply.Features?.NvmeSupport),
        ImdsSupport = Wire.NotEmpty(reply.Features?.ImdsSupport),
        LicenseType = Wire.NotEmpty(reply.LicenseType),
        RoleName = Wire.NotEmpty(reply.RoleName),
        RetentionStrategy = Wire.NotEmpty(reply.RetentionStrategy),
    };

    private static string[] Texts(IReadOnlyList<string>? texts) => texts is null ? [] : [.. texts.Where(static t => !string.IsNullOrEmpty(t))];
}
