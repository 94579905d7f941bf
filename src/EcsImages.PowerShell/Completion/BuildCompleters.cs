using EcsImages.Core.Ecs;
using EcsImages.Core.Workflows;
using EcsImages.Core.Workflows.Building;

namespace EcsImages.PowerShell.Completion;

/// <summary>Completes image components.</summary>
public sealed class ImageComponentIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new ComponentQueries(access).ListAsync(new DescribeImageComponentsRequest { RegionId = regionId }, stop),
            static c => new Suggestion(c.ImageComponentId, $"{c.Name} {c.Version}"), stop);
}

/// <summary>Completes image pipelines.</summary>
public sealed class ImagePipelineIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new PipelineQueries(access).ListAsync(new DescribeImagePipelinesRequest { RegionId = regionId }, stop),
            static p => new Suggestion(p.ImagePipelineId, p.Name), stop);
}

/// <summary>Completes executions of image pipelines.</summary>
public sealed class ExecutionIdCompleter : LiveCompleter
{
    private protected override Task<Suggestions> ReadAsync(EcsAccess access, string regionId, CancellationToken stop) =>
        FirstPages.TakeAsync(new ExecutionQueries(access).ListAsync(new ExecutionFilter(), regionId, stop),
            static e => new Suggestion(e.ExecutionId, $"{e.PipelineName} {e.Status}"), stop);
}

/// <summary>Completes Build and Test.</summary>
public sealed class ComponentTypeCompleter() : WordCompleter("CreateImageComponent", "ComponentType");

/// <summary>Completes Linux and Windows.</summary>
public sealed class SystemTypeCompleter() : WordCompleter("CreateImageComponent", "SystemType");

/// <summary>Completes SELF and ALIYUN.</summary>
public sealed class ComponentOwnerCompleter() : WordCompleter("DescribeImageComponents", "Owner");

/// <summary>Completes how much a pipeline repairs.</summary>
public sealed class RepairModeCompleter() : WordCompleter("CreateImagePipeline", "RepairMode");

/// <summary>Completes what is known of an image that a pipeline makes: NVMe support.</summary>
public sealed class BuiltNvmeSupportCompleter() : WordCompleter("CreateImagePipeline", "ImageOptions.ImageFeatures.NvmeSupport");

/// <summary>Completes the platforms of objects that a pipeline builds on.</summary>
public sealed class SourcePlatformCompleter() : WordCompleter("CreateImagePipeline", "ImportImageOptions.Platform");

/// <summary>Completes the architectures of objects that a pipeline builds on.</summary>
public sealed class SourceArchitectureCompleter() : WordCompleter("CreateImagePipeline", "ImportImageOptions.Architecture");

/// <summary>Completes the boot modes of objects that a pipeline builds on.</summary>
public sealed class SourceBootModeCompleter() : WordCompleter("CreateImagePipeline", "ImportImageOptions.BootMode");

/// <summary>Completes the formats of objects that a pipeline builds on.</summary>
public sealed class SourceFormatCompleter() : WordCompleter("CreateImagePipeline", "ImportImageOptions.DiskDeviceMappings.Format");

/// <summary>Completes the licenses of objects that a pipeline builds on.</summary>
public sealed class SourceLicenseCompleter() : WordCompleter("CreateImagePipeline", "ImportImageOptions.LicenseType");

/// <summary>Completes the states of executions.</summary>
public sealed class ExecutionStatusCompleter() : WordCompleter("DescribeImagePipelineExecutions", "Status");
