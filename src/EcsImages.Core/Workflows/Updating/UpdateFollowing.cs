using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>How updates are waited for: until the new image is there; one that failed is an error with its task, its words and the end of its log.</summary>
internal static class UpdateFollowing
{
    private const int LastLines = 6;

    public static FollowKind<EcsImageUpdate> Kind(EcsAccess access, bool justStarted = false)
    {
        var updates = new ImageUpdates(access);
        return new FollowKind<EcsImageUpdate>
        {
            Read = async (ids, regionId, stop) =>
            {
                var found = await updates.FindAsync(ids, regionId, stop).ConfigureAwait(false);
                return await Task.WhenAll(found.Select(u => u.Status is EcsImageUpdate.Failed ? updates.WithLogAsync(u, stop) : Task.FromResult(u))).ConfigureAwait(false);
            },
            Id = static u => u.ExecutionId,
            IsDone = static u => u.Status is EcsImageUpdate.Success,
            Failure = static u => u.Status is EcsImageUpdate.Failed or EcsImageUpdate.Cancelled ? Failure(u) : null,
            Progress = static u => new(new(u.ExecutionId, u.RegionId), u.State, Percent(u), null),
            Missing = static i => ImageUpdates.NotFound(i.Id, i.RegionId),
            MissingGrace = justStarted ? FollowKinds.JustMade : TimeSpan.Zero,
        };
    }

    /// <summary>The error for an update that ended without an image.</summary>
    internal static EndedOtherwiseException Failure(EcsImageUpdate update)
    {
        var subject = $"The update {update.ExecutionId} of image {update.SourceImageId} in {update.RegionId}";
        var left = Left(update);
        if (update.Status is EcsImageUpdate.Cancelled) return new("ImageUpdateCancelled", $"{subject} was cancelled.{left}");
        var failed = update.Tasks.FirstOrDefault(static t => t.Status is EcsImageUpdate.Failed);
        var where = failed is null ? "" : $" at {update.State}";
        var log = update.Log.Count == 0 ? "" : $"\nThe end of its log:\n{string.Join('\n', update.Log.TakeLast(LastLines).Select(static l => "  " + l.Message))}";
        return new("ImageUpdateFailed", $"{subject} failed{where}. {failed?.Message ?? update.Message ?? "The service does not say why."}{left}{log}");
    }

    // A task without an error route, and a cleaning that fails itself, leave what was made before.
    private static string Left(EcsImageUpdate update)
    {
        var instance = Made(UpdateTemplate.RunInstances, "instanceId", UpdateTemplate.DeleteInstance);
        var stack = Made(UpdateTemplate.CreateStack, "stackId", UpdateTemplate.DeleteStack);
        return (instance is null ? "" : $" The instance {instance} is still there: delete it with Remove-EcsInstance {instance} -RegionId {update.RegionId} -Force.")
            + (stack is null ? "" : $" The stack {stack} with its network is still there: delete it at Resource Orchestration Service.");

        string? Made(string task, string output, string undoneBy) =>
            update.Tasks.Any(t => t.Name == undoneBy && t.Status is EcsImageUpdate.Success) ? null
            : UpdateReading.Member(update.Tasks.FirstOrDefault(t => t.Name == task)?.Outputs, output);
    }

    private static int? Percent(EcsImageUpdate update) =>
        update.Status is EcsImageUpdate.Success ? 100 : update is { TaskNumber: { } number, TaskCount: > 0 } ? (number - 1) * 100 / update.TaskCount : null;
}
