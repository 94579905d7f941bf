using System.Runtime.CompilerServices;
using EcsImages.Core.Images;
using EcsImages.Core.Oos;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>Starts, reads and cancels updates of images: executions of one public template of OOS.</summary>
internal sealed class ImageUpdates(EcsAccess access)
{
    private const int MostOnPage = 100, AtOnce = 10;

    // What the service narrows by; other states are found by looking at all. Source: ListExecutions, Status.
    private static readonly string[] Filtered = ["Running", "Started", EcsImageUpdate.Success, EcsImageUpdate.Failed, "Waiting", EcsImageUpdate.Cancelled];

    /// <summary>Starts one, or finds the one that the same ClientToken has started.</summary>
    public async Task<EcsImageUpdate> StartAsync(UpdateRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(OosApi.StartExecution, request.RegionId, new StartExecutionRequest
        {
            RegionId = request.RegionId,
            TemplateName = UpdateTemplate.Name,
            Parameters = request.Parameters(),
            ClientToken = request.ClientToken ?? ClientTokens.New(),
        }, stop).ConfigureAwait(false);
        var started = UpdateReading.Read(reply.Execution ?? throw new InvalidDataException("StartExecution answered without an Execution."), request.RegionId, access.AccountId);
        // A token that was used before answers as it did then; the list has what came of it.
        return await FindAsync([started.ExecutionId], request.RegionId, stop).ConfigureAwait(false) is [var known, ..] ? known : started;
    }

    /// <summary>Those of the ids that exist.</summary>
    public async Task<IReadOnlyList<EcsImageUpdate>> FindAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop)
    {
        var found = new List<EcsImageUpdate>(ids.Count);
        foreach (var some in ids.Distinct(StringComparer.Ordinal).Chunk(AtOnce))
            found.AddRange((await Task.WhenAll(some.Select(id => FindOneAsync(id, regionId, stop))).ConfigureAwait(false)).OfType<EcsImageUpdate>());
        return found;
    }

    /// <summary>One update.</summary>
    /// <exception cref="EcsNotFoundException">The account has no such update in the region.</exception>
    public async Task<EcsImageUpdate> GetAsync(string id, string regionId, CancellationToken stop) =>
        await FindOneAsync(id, regionId, stop).ConfigureAwait(false) ?? throw NotFound(id, regionId);

    /// <summary>The updates of a region, newest first, with their tasks.</summary>
    /// <param name="statuses">The only states; null takes all.</param>
    /// <param name="imageId">The image that they update or have made; null takes all.</param>
    /// <param name="regionId">The region.</param>
    /// <param name="stop">Ends the listing.</param>
    public async IAsyncEnumerable<IReadOnlyList<EcsImageUpdate>> ListAsync(
        IReadOnlyCollection<string>? statuses, string? imageId, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        var status = statuses?.Count == 1 ? Array.Find(Filtered, s => statuses.Contains(s, StringComparer.OrdinalIgnoreCase)) : null;
        await foreach (var page in ListBrieflyAsync(status, regionId, stop).ConfigureAwait(false))
            foreach (var some in page.Where(Lets).Chunk(AtOnce))
                yield return await Task.WhenAll(some.Select(u => CompleteAsync(u, stop))).ConfigureAwait(false);

        bool Lets(EcsImageUpdate update) =>
            (statuses is null || statuses.Contains(update.Status, StringComparer.OrdinalIgnoreCase)) && (imageId is null || imageId == update.SourceImageId || imageId == update.ImageId);
    }

    /// <summary>The same with a call for each hundred of them, and without their tasks.</summary>
    public IAsyncEnumerable<IReadOnlyList<EcsImageUpdate>> ListBrieflyAsync(string? status, string regionId, CancellationToken stop) => EcsAccess.PagesAsync(async (token, limit) =>
    {
        var reply = await access.CallAsync(OosApi.ListExecutions, regionId, new ListExecutionsRequest
        {
            RegionId = regionId,
            TemplateName = UpdateTemplate.Name,
            Status = status,
            MaxResults = MostOnPage,
            NextToken = token,
        }, limit).ConfigureAwait(false);
        return ((IReadOnlyList<EcsImageUpdate>)[.. reply.Executions.OfType<ExecutionReply>().Select(e => UpdateReading.Read(e, regionId, access.AccountId))], reply.NextToken);
    }, stop);

    /// <summary>The update with its log, from the first line on.</summary>
    public async Task<EcsImageUpdate> WithLogAsync(EcsImageUpdate update, CancellationToken stop)
    {
        var lines = new List<EcsImageUpdateLogLine>();
        await foreach (var page in EcsAccess.PagesAsync(async (token, limit) =>
        {
            var reply = await access.CallAsync(OosApi.ListExecutionLogs, update.RegionId,
                new ListExecutionLogsRequest { RegionId = update.RegionId, ExecutionId = update.ExecutionId, MaxResults = MostOnPage, NextToken = token }, limit).ConfigureAwait(false);
            return ((IReadOnlyList<ExecutionLogReply>)[.. reply.ExecutionLogs.OfType<ExecutionLogReply>()], reply.IsTruncated is false ? null : reply.NextToken);
        }, stop).ConfigureAwait(false))
            lines.AddRange(page.Select(l => UpdateReading.Read(l, update.Tasks)));
        return update with { Log = lines };
    }

    /// <summary>Breaks one off; the service cleans up first, as the template has it.</summary>
    public Task CancelAsync(string id, string regionId, CancellationToken stop) =>
        access.CallAsync(OosApi.CancelExecution, regionId, new CancelExecutionRequest { RegionId = regionId, ExecutionId = id }, stop);

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string id, string regionId) =>
        new("EntityNotExists.Execution", $"There is no update of an image '{id}' in {regionId}: no such execution of {UpdateTemplate.Name}.");

    private async Task<EcsImageUpdate?> FindOneAsync(string id, string regionId, CancellationToken stop)
    {
        var reply = await access.CallAsync(OosApi.ListExecutions, regionId, new ListExecutionsRequest { RegionId = regionId, ExecutionId = id }, stop).ConfigureAwait(false);
        // Executions of other templates are none of ours.
        return reply.Executions.FirstOrDefault(e => e?.ExecutionId == id && e.TemplateName is null or UpdateTemplate.Name) is { } row
            ? await CompleteAsync(UpdateReading.Read(row, regionId, access.AccountId), stop).ConfigureAwait(false)
            : null;
    }

    private async Task<EcsImageUpdate> CompleteAsync(EcsImageUpdate update, CancellationToken stop)
    {
        var tasks = new List<TaskExecutionReply>();
        await foreach (var page in EcsAccess.PagesAsync(async (token, limit) =>
        {
            var reply = await access.CallAsync(OosApi.ListTaskExecutions, update.RegionId, new ListTaskExecutionsRequest
            {
                RegionId = update.RegionId,
                ExecutionId = update.ExecutionId,
                SortField = "StartDate",
                SortOrder = "Ascending",
                MaxResults = MostOnPage,
                NextToken = token,
            }, limit).ConfigureAwait(false);
            return ((IReadOnlyList<TaskExecutionReply>)[.. reply.TaskExecutions.OfType<TaskExecutionReply>()], reply.NextToken);
        }, stop).ConfigureAwait(false))
            tasks.AddRange(page);
        return UpdateReading.With(update, tasks);
    }
}
