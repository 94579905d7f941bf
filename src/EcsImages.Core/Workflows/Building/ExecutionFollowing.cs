using System.Collections.Concurrent;
using EcsImages.Core.Building;

namespace EcsImages.Core.Workflows.Building;

/// <summary>How executions of pipelines are waited for, and how their ends are told.</summary>
internal static class ExecutionFollowing
{
    /// <summary>Executions, until they have made their image; one that failed or was cancelled is an error that says where and why.</summary>
    public static FollowKind<EcsImagePipelineExecution> Kind(EcsAccess access, bool justMade = false)
    {
        var executions = new ExecutionQueries(access);
        // FAILED does not say in which stage: the last one that was seen does. What was there is released however it ends.
        var seen = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        return new FollowKind<EcsImagePipelineExecution>
        {
            Read = async (ids, regionId, stop) =>
            {
                var found = await executions.FindAsync(ids, regionId, stop).ConfigureAwait(false);
                foreach (var execution in found.Where(static e => e.Stage is not (null or "Release"))) seen[execution.ExecutionId] = BuildStages.Where(execution);
                return found;
            },
            Id = static e => e.ExecutionId,
            IsDone = static e => e.Status is "SUCCESS" or "PARTITION_SUCCESS",
            Failure = e => e.Status is "FAILED" or "TEST_FAILED" or "CANCELLED" ? End(e, seen.GetValueOrDefault(e.ExecutionId)) : null,
            Progress = static e => new(new(e.ExecutionId, e.RegionId), $"{BuildStages.Where(e)}{(LastLine(e.Message) is { } line ? $"; {line}" : "")}", BuildStages.Percent(e), null),
            Missing = static i => ExecutionQueries.NotFound(i.Id, i.RegionId),
            MissingGrace = justMade ? FollowKinds.JustMade : TimeSpan.Zero,
        };
    }

    /// <summary>What went wrong with an execution that is over, in a sentence; null for one that went well.</summary>
    /// <param name="execution">The execution.</param>
    /// <param name="stage">The stage that it was last seen in; null if it was not looked at before.</param>
    public static EndedOtherwiseException? End(EcsImagePipelineExecution execution, string? stage = null)
    {
        stage = BuildStages.Ended(execution) ?? stage;
        var (code, how) = execution.Status switch
        {
            "FAILED" => ("ImagePipelineExecutionFailed", stage is null ? "failed" : $"failed in {stage}"),
            "TEST_FAILED" => ("ImageTestFailed", $"made {(execution.ImageId is { } tested ? $"the image {tested}" : "an image")}, which did not pass its test"),
            "CANCELLED" => ("ImagePipelineExecutionCancelled", stage is null ? "was cancelled" : $"was cancelled in {stage}"),
            "PARTITION_SUCCESS" => ("PartiallyDistributed", $"made the image {execution.ImageId}, which did not come to all regions and accounts"),
            _ => (null, null),
        };
        if (code is null) return null;
        var why = execution.ErrorInfo ?? LastLine(execution.Message) ?? (execution.Status is "CANCELLED" ? "" : "The service does not say why.");
        return new EndedOtherwiseException(execution.ErrorCode ?? code,
            $"Execution '{execution.ExecutionId}' of pipeline {execution.PipelineName ?? execution.ImagePipelineId} in {execution.RegionId} {how}.{(why.Length > 0 ? $" {why}" : "")}"
            + (execution.ErrorCode is { } said ? $" ({execution.Status}, {said})" : $" ({execution.Status})"));
    }

    private static string? LastLine(string? message) => message?.TrimEnd() is { Length: > 0 } text ? text[(text.LastIndexOf('\n') + 1)..].Trim() : null;
}
