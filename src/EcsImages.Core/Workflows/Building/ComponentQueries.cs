using EcsImages.Core.Building;
using EcsImages.Core.Ecs;

namespace EcsImages.Core.Workflows.Building;

/// <summary>Reads, makes and deletes image components.</summary>
internal sealed class ComponentQueries(EcsAccess access)
{
    private const int PageSize = 100, IdsInOneCall = 20;

    /// <summary>The components of a region that match; names are exact.</summary>
    public IAsyncEnumerable<IReadOnlyList<EcsImageComponent>> ListAsync(DescribeImageComponentsRequest filter, CancellationToken stop) =>
        EcsAccess.PagesAsync(async (token, stopped) =>
        {
            var reply = await access.CallAsync(EcsApi.DescribeImageComponents, filter.RegionId, filter with { MaxResults = PageSize, NextToken = token }, stopped).ConfigureAwait(false);
            // JSON allows a null in a list; it is no component.
            IReadOnlyList<EcsImageComponent> components = [.. (reply.ImageComponent?.ImageComponentSet ?? []).Where(static c => c is not null)
                .Select(c => BuildReading.Read(c, filter.RegionId, access.AccountId))];
            return (components, reply.NextToken);
        }, stop);

    /// <summary>Those of some components that exist.</summary>
    public async Task<IReadOnlyList<EcsImageComponent>> FindAsync(IReadOnlyCollection<string> ids, string regionId, CancellationToken stop)
    {
        var found = new List<EcsImageComponent>(ids.Count);
        foreach (var some in ids.Chunk(IdsInOneCall))
            found.AddRange(await EcsAccess.AllAsync(ListAsync(new DescribeImageComponentsRequest { RegionId = regionId, ImageComponentId = some }, stop), stop).ConfigureAwait(false));
        return found;
    }

    /// <summary>All versions of a name, the newest first.</summary>
    public async Task<IReadOnlyList<EcsImageComponent>> VersionsAsync(string name, string regionId, CancellationToken stop)
    {
        var found = await EcsAccess.AllAsync(ListAsync(new DescribeImageComponentsRequest { RegionId = regionId, Name = name }, stop), stop).ConfigureAwait(false);
        return [.. found.OrderByDescending(static c => System.Version.TryParse(c.Version, out var version) ? version : new System.Version())];
    }

    /// <summary>One component.</summary>
    /// <exception cref="EcsNotFoundException">The account sees no such component in the region.</exception>
    public async Task<EcsImageComponent> GetAsync(string id, string regionId, CancellationToken stop) =>
        await FindAsync([id], regionId, stop).ConfigureAwait(false) is [var component, ..] ? component : throw NotFound(id, regionId);

    /// <summary>Makes a component and reads it; the service's lists may lag behind, so that it may be known by what was asked for only.</summary>
    public async Task<EcsImageComponent> CreateAsync(CreateImageComponentRequest request, CancellationToken stop)
    {
        var reply = await access.CallAsync(EcsApi.CreateImageComponent, request.RegionId, request, stop).ConfigureAwait(false);
        var id = reply.ImageComponentId ?? throw new InvalidDataException($"CreateImageComponent in {request.RegionId} did not answer the id of the component.");
        return await FindAsync([id], request.RegionId, stop).ConfigureAwait(false) is [var component, ..] ? component : new EcsImageComponent
        {
            ImageComponentId = id,
            Name = request.Name ?? id,
            Version = request.ComponentVersion,
            Content = request.Content,
            ComponentType = request.ComponentType,
            SystemType = request.SystemType,
            RegionId = request.RegionId,
            ContextAccountId = access.AccountId,
        };
    }

    /// <summary>Deletes a component.</summary>
    public Task DeleteAsync(string id, string regionId, CancellationToken stop) =>
        access.DeleteAsync(EcsApi.DeleteImageComponent, regionId, new DeleteImageComponentRequest { RegionId = regionId, ImageComponentId = id }, "InvalidImageComponent.NotFound", stop);

    /// <summary>The error for an id that is not there.</summary>
    public static EcsNotFoundException NotFound(string id, string regionId) => new("InvalidImageComponent.NotFound", $"There is no image component '{id}' in {regionId}.");
}
