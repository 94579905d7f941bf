using EcsImages.Core.Ecs;

namespace EcsImages.Core.Machines;

/// <summary>Turns what the service answers about tasks into our objects: a row of the list, and what is known of one task alone.</summary>
internal static class TaskReading
{
    public static EcsTask Read(TaskReply reply, string regionId, string accountId) => new()
    {
        TaskId = reply.TaskId ?? "",
        Action = Wire.NotEmpty(reply.TaskAction),
        Status = Wire.NotEmpty(reply.TaskStatus),
        ResourceId = Wire.NotEmpty(reply.ResourceId),
        SupportCancel = Wire.Boolean(reply.SupportCancel),
        CreationTime = Wire.Time(reply.CreationTime),
        FinishedTime = Wire.Time(reply.FinishedTime),
        RegionId = regionId,
        ContextAccountId = accountId,
    };

    /// <summary>The task with what only its own attributes tell. They are the newer of the two.</summary>
    public static EcsTask Complete(EcsTask task, DescribeTaskAttributeReply reply)
    {
        var parts = (reply.OperationProgressSet?.OperationProgress ?? []).Where(static p => p is not null).ToArray();
        var failed = parts.Where(static p => !string.IsNullOrEmpty(p.ErrorCode)).ToArray();
        var related = parts.SelectMany(static p => p.RelatedItemSet?.RelatedItem ?? []).Where(static r => r is not null).ToArray();
        return task with
        {
            Action = Wire.NotEmpty(reply.TaskAction) ?? task.Action,
            Status = Wire.NotEmpty(reply.TaskStatus) ?? task.Status,
            ProgressPercent = Wire.Percent(reply.TaskProcess),
            BucketName = Values("OSSBucket").FirstOrDefault(),
            ObjectKey = Values("OSSObject").ToArray(),
            SupportCancel = Wire.Boolean(reply.SupportCancel) ?? task.SupportCancel,
            CreationTime = Wire.Time(reply.CreationTime) ?? task.CreationTime,
            FinishedTime = Wire.Time(reply.FinishedTime) ?? task.FinishedTime,
            ErrorCode = failed.FirstOrDefault()?.ErrorCode,
            ErrorMessage = failed.Length == 0 ? null : Wire.NotEmpty(string.Join(' ', failed.Select(static p => p.ErrorMsg).OfType<string>().Distinct(StringComparer.Ordinal))),
        };

        IEnumerable<string> Values(string name) => related.Where(r => r.Name == name).Select(static r => Wire.NotEmpty(r.Value)).OfType<string>();
    }
}
