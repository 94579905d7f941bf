using System.Runtime.CompilerServices;
using EcsImages.Core.Acs;
using EcsImages.Core.Ecs;
using EcsImages.Core.Machines;

namespace EcsImages.Core.Workflows;

/// <summary>Which tasks are looked for; what is null lets all through.</summary>
internal sealed record TaskFilter
{
    public string? Action { get; init; }

    public IReadOnlyList<string>? Status { get; init; }

    /// <summary>What they work on.</summary>
    public string? ResourceId { get; init; }

    /// <summary>People do not mind the case of words.</summary>
    public bool Lets(EcsTask task) =>
        (Action is null || Action.Equals(task.Action, StringComparison.OrdinalIgnoreCase))
        && (Status is null || Status.Contains(task.Status, StringComparer.OrdinalIgnoreCase))
        && (ResourceId is null || ResourceId == task.ResourceId);
}

/// <summary>Reads tasks, and ends them. The list lacks progress, objects and errors: each task is asked for those.</summary>
internal sealed class TaskQueries(EcsAccess access)
{
    private const int PageSize = 100;

    // So many are asked for at a time, and given on together: the first ones are there before a page is done.
    private const int AtOnce = 10;

    // By these the service narrows, in exactly this spelling; it ignores any other status. What it sends is looked at again.
    private static readonly string[] Statuses = ["Finished", "Processing", "Failed"], Actions = ["ImportImage", "ExportImage"];

    /// <summary>The tasks of a region that a filter lets through.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EcsTask>> ListAsync(TaskFilter filter, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in ListBrieflyAsync(filter, regionId, stop).ConfigureAwait(false))
            foreach (var some in page.Chunk(AtOnce))
                // One may have gone on between the two calls.
                yield return [.. (await CompleteAsync(some, stop).ConfigureAwait(false)).Where(filter.Lets)];
    }

    /// <summary>The same with a call for each hundred of them, and without what only their own attributes tell.</summary>
    public IAsyncEnumerable<IReadOnlyList<EcsTask>> ListBrieflyAsync(TaskFilter filter, string regionId, CancellationToken stop)
    {
        var request = new DescribeTasksRequest
        {
            RegionId = regionId,
            TaskAction = Spelled(filter.Action, Actions) ?? filter.Action,
            TaskStatus = filter.Status is [var only] ? Spelled(only, Statuses) : null,
            ResourceIds = filter.ResourceId is { } resource ? new[] { resource } : null,
        };
        return PagesAsync(request, filter, stop);
    }

    /// <summary>Those of up to 100 tasks that exist.</summary>
    public async Task<IReadOnlyList<EcsTask>> FindAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop)
    {
        var found = new List<EcsTask>(ids.Count);
        await foreach (var page in PagesAsync(new DescribeTasksRequest { RegionId = regionId, TaskIds = string.Join(',', ids) }, new TaskFilter(), stop).ConfigureAwait(false))
            foreach (var some in page.Chunk(AtOnce)) found.AddRange(await CompleteAsync(some, stop).ConfigureAwait(false));
        return found;
    }

    /// <summary>One task.</summary>
    /// <exception cref="EcsNotFoundException">The account has no such task in the region.</exception>
    public async Task<EcsTask> GetAsync(string id, string regionId, CancellationToken stop) =>
        await FindAsync([id], regionId, stop).ConfigureAwait(false) is [var task, ..] ? task : throw NotFound(id, regionId);

    /// <summary>Ends an import or export that is under way; the image of an import goes with it.</summary>
    public Task CancelAsync(string id, string regionId, CancellationToken stop) =>
        access.CallAsync(EcsApi.CancelTask, regionId, new CancelTaskRequest { RegionId = regionId, TaskId = id }, stop);

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string id, string regionId) =>
        new("InvalidTaskId.NotFound", $"There is no task '{id}' in {regionId}.");

    private async IAsyncEnumerable<IReadOnlyList<EcsTask>> PagesAsync(DescribeTasksRequest request, TaskFilter filter, [EnumeratorCancellation] CancellationToken stop)
    {
        for (var page = 1; ; page++)
        {
            var reply = await access.CallAsync(EcsApi.DescribeTasks, request.RegionId, request with { PageNumber = page, PageSize = PageSize }, stop).ConfigureAwait(false);
            var rows = reply.TaskSet?.Task ?? [];
            // JSON allows a null in a list; it is no task.
            EcsTask[] tasks = [.. rows.Where(static r => r is not null).Select(r => TaskReading.Read(r, request.RegionId, access.AccountId)).Where(filter.Lets)];
            if (tasks.Length > 0) yield return tasks;
            if (rows.Count == 0 || page * PageSize >= (reply.TotalCount ?? 0)) yield break;
        }
    }

    private static string? Spelled(string? word, string[] known) => Array.Find(known, k => k.Equals(word, StringComparison.OrdinalIgnoreCase));

    private Task<EcsTask[]> CompleteAsync(IEnumerable<EcsTask> tasks, CancellationToken stop) => Task.WhenAll(tasks.Select(t => CompleteAsync(t, stop)));

    private async Task<EcsTask> CompleteAsync(EcsTask task, CancellationToken stop)
    {
        try
        {
            return TaskReading.Complete(task, await access.CallAsync(EcsApi.DescribeTaskAttribute, task.RegionId,
                new DescribeTaskAttributeRequest { RegionId = task.RegionId, TaskId = task.TaskId }, stop).ConfigureAwait(false));
        }
        // The service may forget a task between the two calls.
        catch (AcsException e) when (e.Code is "InvalidTaskId.NotFound")
        {
            return task;
        }
    }
}
