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
    /// <param name="message">The message: FAILED and CANCELLED do not say where, but its lines may, as those of the embedded endpoint do.</param>
    public static IReadOnlyList<EcsBuildStage> Of(string? status, EcsImagePipeline? pipeline, string? message)
    {
        var ended = status is "FAILED" or "CANCELLING" or "CANCELLED" ? Array.IndexOf(Order, EndIn(message)) : -1;
        return [.. All.Where(s => s.Status == status || Has(pipeline, s.Name)).Select(s => new EcsBuildStage(s.Name, State(s.Name, s.Status, status, ended)))];
    }

    /// <summary>"stage 3 of 6: Build", or the status where no stage is under way.</summary>
    public static string Where(EcsImagePipelineExecution execution) => Place(execution, Running) ?? execution.Status ?? "";

    /// <summary>The stage that it failed or was cancelled in; null where nothing tells.</summary>
    public static string? Ended(EcsImagePipelineExecution execution) => Place(execution, Failed) ?? Place(execution, Cancelled);

    /// <summary>How many of its stages are behind it, in percent: the service itself tells none.</summary>
    public static int? Percent(EcsImagePipelineExecution execution) =>
        execution.Stages.Count == 0 ? null : execution.Stages.Count(static s => s.State is Done or Partial) * 100 / execution.Stages.Count;

    private static string? Place(EcsImagePipelineExecution execution, EcsBuildStageState state)
    {
        string[] names = [.. execution.Stages.Where(s => s.State == state).Select(static s => s.Name)];
        if (names.Length == 0) return null;
        var number = execution.Stages.TakeWhile(s => s.State != state).Count() + 1;
        return $"stage {number} of {execution.Stages.Count}: {string.Join(" and ", names)}";
    }

    private static bool Has(EcsImagePipeline? pipeline, string stage) => stage switch
    {
        "Repair" => pipeline?.RepairMode is not null,
        "Test" => pipeline?.TestContent is not null,
        "Distribute" => pipeline is not null && pipeline.DestinationRegionId.Any(r => r != pipeline.RegionId),
        "Share" => pipeline?.AccountId.Count > 0,
        _ => true,
    };

    // The last status that a line begins with; what was there is released however it ends.
    private static string? EndIn(string? message) => message?.Split('\n')
        .Select(static line => Order.FirstOrDefault(status => line.StartsWith($"{status}: ", StringComparison.Ordinal)))
        .LastOrDefault(static status => status is not (null or "RELEASING"));

    private static EcsBuildStageState State(string stage, string own, string? status, int ended)
    {
        switch (status)
        {
            case "SUCCESS": return Done;
            case "PARTITION_SUCCESS": return stage is "Distribute" or "Share" ? Partial : Done;
            case "TEST_FAILED": return stage is "Test" ? Failed : stage is "Distribute" or "Share" ? Skipped : Done;
        }
        var (at, mine) = (Array.IndexOf(Order, status), Array.IndexOf(Order, own));
        if (at >= 0) return mine < at ? Done : mine == at ? Running : Waiting;
        if (ended < 0 || stage is "Release") return Unknown;
        return mine < ended ? Done : mine > ended ? Skipped : status is "FAILED" ? Failed : Cancelled;
    }
}
