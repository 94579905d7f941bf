using EcsImages.Core.Building;
using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows.Building;

/// <summary>Reads, makes and deletes image pipelines.</summary>
internal sealed class PipelineQueries(EcsAccess access)
{
    private const int PageSize = 100, IdsInOneCall = 20;

    /// <summary>The pipelines of a region that match; names are exact.</summary>
    public IAsyncEnumerable<IReadOnlyList<EcsImagePipeline>> ListAsync(DescribeImagePipelinesRequest filter, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeImagePipelines, filter.RegionId, filter with { MaxResults = PageSize, NextToken = token }, stopped).ConfigureAwait(false);
            IReadOnlyList<EcsImagePipeline> pipelines = [.. (reply.ImagePipeline?.ImagePipelineSet ?? []).Where(static p => p is not null)
                .Select(p => BuildReading.Read(p, filter.RegionId, access.AccountId))];
            return (pipelines, reply.NextToken);
        }, stop);

    /// <summary>Those of some pipelines that exist.</summary>
    public async Task<IReadOnlyList<EcsImagePipeline>> FindAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop)
    {
        var found = new List<EcsImagePipeline>(ids.Count);
        foreach (var some in ids.Chunk(IdsInOneCall))
            found.AddRange(await EcsAccess.AllAsync(ListAsync(new DescribeImagePipelinesRequest { RegionId = regionId, ImagePipelineId = some }, stop), stop).ConfigureAwait(false));
        return found;
    }

    /// <summary>Those of a name.</summary>
    public Task<IReadOnlyList<EcsImagePipeline>> NamedAsync(string name, string regionId, CancellationToken stop) =>
        EcsAccess.AllAsync(ListAsync(new DescribeImagePipelinesRequest { RegionId = regionId, Name = name }, stop), stop);

    /// <summary>One pipeline.</summary>
    /// <exception cref="EcsNotFoundException">The account has no such pipeline in the region.</exception>
    public async Task<EcsImagePipeline> GetAsync(string id, string regionId, CancellationToken stop) =>
        await FindAsync([id], regionId, stop).ConfigureAwait(false) is [var pipeline, ..] ? pipeline : throw NotFound(id, regionId);

    /// <summary>The one pipeline of a name.</summary>
    /// <exception cref="EcsNotFoundException">There is none.</exception>
    /// <exception cref="PreconditionException">There are several.</exception>
    public async Task<EcsImagePipeline> GetNamedAsync(string name, string regionId, CancellationToken stop) => await NamedAsync(name, regionId, stop).ConfigureAwait(false) switch
    {
        [var only] => only,
        [] => throw new EcsNotFoundException("InvalidImagePipeline.NotFound", $"There is no image pipeline of the name '{name}' in {regionId}."),
        var several => throw new PreconditionException("AmbiguousName", $"{several.Count} image pipelines in {regionId} have the name '{name}': {Listed.Some([.. several.Select(static p => p.ImagePipelineId)])}."),
    };

    /// <summary>The name is free: the service takes a name twice, but nobody means it.</summary>
    /// <exception cref="PreconditionException">A pipeline has it.</exception>
    public async Task CheckNameAsync(string? name, string regionId, CancellationToken stop)
    {
        if (name is null || await NamedAsync(name, regionId, stop).ConfigureAwait(false) is not [var first, ..]) return;
        var since = first.CreationTime is { } time ? $", made on {time.UtcDateTime:yyyy-MM-dd}" : "";
        throw new PreconditionException("ImagePipeline.AlreadyExists",
            $"The image pipeline '{first.ImagePipelineId}' in {regionId} has the name '{name}' already{since}. The service has no call that modifies a pipeline.");
    }

    /// <summary>Makes a pipeline and reads it; the service's lists may lag behind, so that it may be known by what was asked for only.</summary>
    public async Task<EcsImagePipeline> CreateAsync(CreateImagePipelineRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.CreateImagePipeline, request.RegionId, request, stop).ConfigureAwait(false);
        var id = reply.ImagePipelineId ?? throw new InvalidDataException($"CreateImagePipeline in {request.RegionId} did not answer the id of the pipeline.");
        return await FindAsync([id], request.RegionId, stop).ConfigureAwait(false) is [var pipeline, ..] ? pipeline : new EcsImagePipeline
        {
            ImagePipelineId = id,
            Name = request.Name ?? id,
            BaseImageType = request.BaseImageType,
            BaseImage = request.BaseImage,
            BuildContent = request.BuildContent,
            TestContent = request.TestContent,
            RegionId = request.RegionId,
            ContextAccountId = access.AccountId,
        };
    }

    /// <summary>Deletes a pipeline; its executions go with it, the images that they made stay.</summary>
    public Task DeleteAsync(string id, string regionId, CancellationToken stop) =>
        access.DeleteAsync(EcsApi.DeleteImagePipeline, regionId, new DeleteImagePipelineRequest { RegionId = regionId, ImagePipelineId = id }, "InvalidImagePipeline.NotFound", stop);

    /// <summary>The pipelines whose content calls a component, by its id or by a name and version that mean it.</summary>
    public async Task<IReadOnlyList<EcsImagePipeline>> UsingAsync(EcsImageComponent component, CancellationToken stop)
    {
        var found = new List<EcsImagePipeline>();
        await foreach (var page in ListAsync(new DescribeImagePipelinesRequest { RegionId = component.RegionId }, stop).ConfigureAwait(false))
            found.AddRange(page.Where(p => Calls(p.BuildContent, BuildContentUse.Template) || Calls(p.TestContent, BuildContentUse.Test)));
        return found;

        bool Calls(string? content, BuildContentUse use) => content is not null && BuildContentReader.Read(content, use).Components.Any(component.IsMeantBy);
    }

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string id, string regionId) => new("InvalidImagePipeline.NotFound", $"There is no image pipeline '{id}' in {regionId}.");
}
