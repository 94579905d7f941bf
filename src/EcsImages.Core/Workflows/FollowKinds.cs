using EcsImages.Core.Images;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>How images, snapshots, tasks and instances are waited for.</summary>
internal static class FollowKinds
{
    /// <summary>How long what was just made may be missing from the service's lists.</summary>
    public static readonly TimeSpan JustMade = TimeSpan.FromSeconds(10);

    /// <summary>Images, until they have a status; one that can no longer reach it is an error.</summary>
    public static FollowKind<EcsImage> Image(EcsAccess access, string status = "Available", bool justMade = false)
    {
        var images = new ImageQueries(access);
        return new FollowKind<EcsImage>
        {
            Read = (ids, regionId, stop) => images.FindAsync(ids, regionId, stop),
            Id = static i => i.ImageId,
            IsDone = i => i.Status == status,
            Failure = i => i.Status is "CreateFailed" or "UnAvailable" or "Available" or "Deprecated" && i.Status != status
                ? new EndedOtherwiseException(i.Status is "CreateFailed" ? "CreateFailed" : "UnexpectedStatus",
                    $"Image '{i.ImageId}' ({i.Name}) in {i.RegionId} is {i.Status}, and will not become {status}.")
                : null,
            Progress = static i => new(new(i.ImageId, i.RegionId), i.Status, i.ProgressPercent, i.Disks.Max(static d => d.RemainingSeconds)),
            Missing = static i => ImageQueries.NotFound(i.Id, i.RegionId),
            MissingGrace = justMade ? JustMade : TimeSpan.Zero,
        };
    }

    /// <summary>Snapshots, until they are accomplished.</summary>
    public static FollowKind<EcsSnapshot> Snapshot(EcsAccess access)
    {
        var machines = new MachineQueries(access);
        return new FollowKind<EcsSnapshot>
        {
            Read = machines.FindSnapshotsAsync,
            Id = static s => s.SnapshotId,
            IsDone = static s => s.Status is "accomplished",
            Failure = static s => s.Status is "failed"
                ? new EndedOtherwiseException("SnapshotFailed", $"Snapshot '{s.SnapshotId}' of disk {s.DiskId} in {s.RegionId} failed.")
                : null,
            Progress = static s => new(new(s.SnapshotId, s.RegionId), s.Status, s.ProgressPercent, s.RemainingSeconds),
            Missing = static s => MachineQueries.SnapshotNotFound(s.Id, s.RegionId),
            MissingGrace = JustMade,
        };
    }

    /// <summary>Tasks, until they are Finished; one that failed is an error with its own code and words.</summary>
    public static FollowKind<EcsTask> Task(EcsAccess access, bool justMade = false)
    {
        var tasks = new TaskQueries(access);
        return new FollowKind<EcsTask>
        {
            Read = tasks.FindAsync,
            Id = static t => t.TaskId,
            IsDone = static t => t.Status is "Finished",
            Failure = static t => t.IsOver && t.Status is not "Finished" ? TaskFailure(t) : null,
            Progress = static t => new(new(t.TaskId, t.RegionId), t.Status, t.ProgressPercent, null),
            Missing = static t => TaskQueries.NotFound(t.Id, t.RegionId),
            MissingGrace = justMade ? JustMade : TimeSpan.Zero,
        };
    }

    /// <summary>Instances, until they are Running or Stopped; a null status waits until they are gone.</summary>
    public static FollowKind<EcsInstance> Instance(EcsAccess access, string? status)
    {
        var machines = new MachineQueries(access);
        return new FollowKind<EcsInstance>
        {
            Read = machines.FindInstancesAsync,
            Id = static i => i.InstanceId,
            IsDone = i => i.Status == status,
            Progress = static i => new(new(i.InstanceId, i.RegionId), i.Status, null, null),
            Missing = status is null ? null : static i => MachineQueries.InstanceNotFound(i.Id, i.RegionId),
            MissingGrace = JustMade,
        };
    }

    private static EndedOtherwiseException TaskFailure(EcsTask task)
    {
        var subject = $"{task.Action ?? "Task"} '{task.TaskId}'{(task.ImageId is { } image ? $" of image {image}" : "")} in {task.RegionId}";
        return task.ErrorCode is null && task.Status is not "Failed"
            ? new EndedOtherwiseException(task.Status is "Cancelled" or "Canceled" ? "TaskCancelled" : "UnexpectedStatus", $"{subject} is {task.Status}, and will not become Finished.")
            : new EndedOtherwiseException(task.ErrorCode ?? "TaskFailed", $"{subject} failed: {task.ErrorMessage ?? "the service does not say why."}{(task.ErrorCode is { } code ? $" ({code})" : "")}");
    }
}

/// <summary>What was waited for ended in another state.</summary>
/// <param name="code">A stable word for scripts.</param>
/// <param name="message">What ended how.</param>
public sealed class EndedOtherwiseException(string code, string message) : Exception(message)
{
    /// <summary>A stable word for scripts.</summary>
    public string Code => code;
}
