using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using EcsImages.Core.Acs;
using EcsImages.Core.Building;
using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows.Building;

/// <summary>Which executions are looked for; what is null lets all through.</summary>
internal sealed record ExecutionFilter
{
    public string? ImagePipelineId { get; init; }

    public IReadOnlyList<string>? Status { get; init; }

    public IReadOnlyList<TagRequest>? Tag { get; init; }

    /// <summary>People do not mind the case of words.</summary>
    public bool Lets(EcsImagePipelineExecution execution) => Status is null || Status.Contains(execution.Status, StringComparer.OrdinalIgnoreCase);
}

/// <summary>Reads executions of pipelines, starts and cancels them. The stages of one depend on its pipeline, which is read once.</summary>
internal sealed class ExecutionQueries(EcsAccess access)
{
    private const int PageSize = 100, AtOnce = 8;

    private readonly PipelineQueries _pipelines = new(access);
    private readonly ConcurrentDictionary<(string RegionId, string Id), EcsImagePipeline?> _known = new();

    /// <summary>The executions of a region that a filter lets through. The service lists those of one pipeline: without one, pipeline after pipeline.</summary>
    public async IAsyncEnumerable<IReadOnlyList<EcsImagePipelineExecution>> ListAsync(ExecutionFilter filter, string regionId, [EnumeratorCancellation] CancellationToken stop)
    {
        if (filter.ImagePipelineId is { } named)
        {
            await foreach (var page in OfAsync(named, filter, regionId, stop).ConfigureAwait(false)) yield return page;
            yield break;
        }
        await foreach (var pipelines in _pipelines.ListAsync(new DescribeImagePipelinesRequest { RegionId = regionId }, stop).ConfigureAwait(false))
        {
            foreach (var pipeline in pipelines)
            {
                _known[(regionId, pipeline.ImagePipelineId)] = pipeline;
                await foreach (var page in OfAsync(pipeline.ImagePipelineId, filter, regionId, stop).ConfigureAwait(false)) yield return page;
            }
        }
    }

    /// <summary>Those of some executions that exist; the service answers one at a time.</summary>
    public async Task<IReadOnlyList<EcsImagePipelineExecution>> FindAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop)
    {
        var found = new List<EcsImagePipelineExecution>(ids.Count);
        foreach (var some in ids.Chunk(AtOnce))
            foreach (var execution in await Task.WhenAll(some.Select(id => FindAsync(id, regionId, stop))).ConfigureAwait(false))
                if (execution is not null) found.Add(execution);
        return found;
    }

    /// <summary>One execution.</summary>
    /// <exception cref="EcsNotFoundException">The account has no such execution in the region.</exception>
    public async Task<EcsImagePipelineExecution> GetAsync(string id, string regionId, CancellationToken stop) =>
        await FindAsync(id, regionId, stop).ConfigureAwait(false) ?? throw NotFound(id, regionId);

    /// <summary>Starts a pipeline; the service's lists may lag behind, so that the execution may be known by its id only.</summary>
    public async Task<EcsImagePipelineExecution> StartAsync(EcsImagePipeline pipeline, StartImagePipelineExecutionRequest request, CancellationToken stop)
    {
        _known[(request.RegionId, pipeline.ImagePipelineId)] = pipeline;
        var reply = await access.CallAsync(EcsApi.StartImagePipelineExecution, request.RegionId, request, stop).ConfigureAwait(false);
        var id = reply.ExecutionId ?? throw new InvalidDataException($"StartImagePipelineExecution in {request.RegionId} did not answer the id of the execution.");
        return await FindAsync(id, request.RegionId, stop).ConfigureAwait(false)
            ?? BuildReading.Read(new ImagePipelineExecutionReply { ExecutionId = id, ImagePipelineId = pipeline.ImagePipelineId, Status = "PREPARING" }, pipeline, request.RegionId, access.AccountId);
    }

    /// <summary>Cancels an execution.</summary>
    /// <exception cref="PreconditionException">It has come too far. Source: CancelImagePipelineExecution.</exception>
    public async Task CancelAsync(EcsImagePipelineExecution execution, CancellationToken stop)
    {
        if (execution.IsOver || execution.Status is "TESTING" or "DISTRIBUTING" or "RELEASING" or "CANCELLING")
            throw new PreconditionException("InvalidStatus.CancelFailed", $"Execution '{execution.ExecutionId}' of pipeline {execution.PipelineName ?? execution.ImagePipelineId} in {execution.RegionId} is "
                + $"{execution.Status}{(execution.IsOver ? " already" : "")}; it can be cancelled while it is PREPARING, REPAIRING or BUILDING.");
        await access.CallAsync(EcsApi.CancelImagePipelineExecution, execution.RegionId,
            new CancelImagePipelineExecutionRequest { RegionId = execution.RegionId, ExecutionId = execution.ExecutionId }, stop).ConfigureAwait(false);
    }

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string id, string regionId) =>
        new("InvalidImagePipelineExecution.NotFound", $"There is no execution '{id}' of an image pipeline in {regionId}; those of a deleted pipeline are gone with it.");

    private IAsyncEnumerable<IReadOnlyList<EcsImagePipelineExecution>> OfAsync(string pipelineId, ExecutionFilter filter, string regionId, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var (executions, next) = await PageAsync(new DescribeImagePipelineExecutionsRequest
            {
                RegionId = regionId,
                ImagePipelineId = pipelineId,
                Status = filter.Status is null ? null : string.Join(',', filter.Status.Select(static s => s.ToUpperInvariant())),
                Tag = filter.Tag,
                NextToken = token,
            }, stopped).ConfigureAwait(false);
            return ((IReadOnlyList<EcsImagePipelineExecution>)[.. executions.Where(filter.Lets)], next);
        }, stop);

    private async Task<EcsImagePipelineExecution?> FindAsync(string id, string regionId, CancellationToken stop)
    {
        try
        {
            var (executions, _) = await PageAsync(new DescribeImagePipelineExecutionsRequest { RegionId = regionId, ExecutionId = id }, stop).ConfigureAwait(false);
            return executions.FirstOrDefault(e => e.ExecutionId == id);
        }
        // No source says whether an unknown id is an error or an empty list.
        catch (AcsException e) when (e.Code is "InvalidImagePipelineExecution.NotFound" or "InvalidImagePipelineExecutionId.NotFound")
        {
            return null;
        }
    }

    private async Task<(IReadOnlyList<EcsImagePipelineExecution> Executions, string? Next)> PageAsync(DescribeImagePipelineExecutionsRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.DescribeImagePipelineExecutions, request.RegionId, request with { MaxResults = PageSize }, stop).ConfigureAwait(false);
        var rows = (reply.ImagePipelineExecution?.ImagePipelineExecutionSet ?? []).Where(static r => r is not null).ToArray();
        await LearnAsync(rows.Select(static r => r.ImagePipelineId).OfType<string>(), request.RegionId, stop).ConfigureAwait(false);
        return ([.. rows.Select(r => BuildReading.Read(r, r.ImagePipelineId is { } id ? _known.GetValueOrDefault((request.RegionId, id)) : null, request.RegionId, access.AccountId))], reply.NextToken);
    }

    private async Task LearnAsync(IEnumerable<string> pipelineIds, string regionId, CancellationToken stop)
    {
        string[] unknown = [.. pipelineIds.Distinct(StringComparer.Ordinal).Where(id => !_known.ContainsKey((regionId, id)))];
        if (unknown.Length == 0) return;
        try
        {
            foreach (var pipeline in await _pipelines.FindAsync(unknown, regionId, stop).ConfigureAwait(false)) _known[(regionId, pipeline.ImagePipelineId)] = pipeline;
        }
        // An execution whose pipeline may not be read is still an execution: it has the stages that every pipeline has.
        catch (AcsException e) when (e.Refusal is not null || e.HttpStatus is 403)
        {
        }
        foreach (var id in unknown) _known.TryAdd((regionId, id), null);
    }
}
