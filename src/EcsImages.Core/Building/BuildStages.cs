using static EcsImages.Core.Building.EcsBuildStageState;

namespace EcsImages.Core.Building;

/// <summary>The stages of an execution: those that its pipeline has, each with a state that follows from the status.</summary>
/// <remarks>
/// Source: the states of DescribeImagePipelineExecutions. The service makes the image while it is BUILDING, and copies and shares it while it is
/// DISTRIBUTING, so that Distribute and Share go on together.
/// </remarks>
internal static class BuildStages
{
    private static readonly (string Name, string Status)[] All =
    [
        ("Prepare", "PREPARING"), ("Repair", "REPAIRING"), ("Build", "BUILDING"), ("Test", "TESTING"), ("Distribute", "DISTRIBUTING"), ("Share", "DISTRIBUTING"), ("Release", "RELEASING"),
    ];

    private static readonly string[] Order = [.. All.Select(static s => s.Status).Distinct()];

    /// <param name="status">The status of the execution.</param>
    /// <param name="pipeline">Its pipeline; null where it could not be read: then the stages that every pipeline has, and the one under way.</param>
    /// <param name="hasImage">Whether the execution names an image: then its building has come to an end.</param>
    public static IReadOnlyList<EcsBuildStage> Of(string? status, EcsImagePipeline? pipeline, bool hasImage) =>
        [.. All.Where(s => s.Status == status || Has(pipeline, s.Name)).Select(s => new EcsBuildStage(s.Name, State(s.Name, s.Status, status, hasImage)))];

    /// <summary>"stage 3 of 6: Build", or the status where no stage is under way.</summary>
    public static string Where(EcsImagePipelineExecution execution)
    {
        for (var i = 0; i < execution.Stages.Count; i++)
            if (execution.Stages[i].State is Running)
                return $"stage {i + 1} of {execution.Stages.Count}: {string.Join(" and ", execution.Stages.Where(static s => s.State is Running).Select(static s => s.Name))}";
        return execution.Status ?? "";
    }

    /// <summary>How many of its stages are behind it, in percent: the service itself tells none.</summary>
    public static int? Percent(EcsImagePipelineExecution execution) =>
        execution.Stages.Count == 0 ? null : execution.Stages.Count(static s => s.State is Done or Partial) * 100 / execution.Stages.Count;

    private static bool Has(EcsImagePipeline? pipeline, string stage) => stage switch
    {
        "Repair" => pipeline?.RepairMode is not null,
        "Test" => pipeline?.TestContent is not null,
        "Distribute" => pipeline is not null && pipeline.DestinationRegionId.Any(r => r != pipeline.RegionId),
        "Share" => pipeline?.AccountId.Count > 0,
        _ => true,
    };

    private static EcsBuildStageState State(string stage, string own, string? status, bool hasImage)
    {
        switch (status)
        {
            case "SUCCESS": return Done;
            case "PARTITION_SUCCESS": return stage is "Distribute" ? Partial : Done;
            case "TEST_FAILED": return stage is "Test" ? Failed : stage is "Distribute" or "Share" ? Skipped : Done;
            // Nothing says where it ended; an image says that it had been built.
            case "FAILED" or "CANCELLING" or "CANCELLED": return hasImage && stage is ("Prepare" or "Repair" or "Build") ? Done : Unknown;
        }
        var (at, mine) = (Array.IndexOf(Order, status), Array.IndexOf(Order, own));
        return at < 0 ? Unknown : mine < at ? Done : mine == at ? Running : Waiting;
    }
}
