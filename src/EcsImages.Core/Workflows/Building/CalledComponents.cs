using EcsImages.Core.Building;

namespace EcsImages.Core.Workflows.Building;

/// <summary>Looks up the components that a text calls: an id that is not there is a problem of its line, before a pipeline is made that cannot run.</summary>
internal sealed class CalledComponents
{
    private readonly Dictionary<string, EcsImageComponent> _found = new(StringComparer.Ordinal);

    private CalledComponents()
    {
    }

    /// <summary>Reads what the calls mean in a region.</summary>
    public static async Task<CalledComponents> ReadAsync(EcsAccess access, string regionId, IEnumerable<ComponentCall> calls, CancellationToken stop)
    {
        var read = new CalledComponents();
        var all = calls.DistinctBy(static c => c.ToString()).ToArray();
        var queries = new ComponentQueries(access);
        foreach (var component in await queries.FindAsync([.. all.Select(static c => c.Id).OfType<string>()], regionId, stop).ConfigureAwait(false))
            read._found[component.ImageComponentId] = component;
        foreach (var call in all.Where(c => c.Id is null && c.RegionId == regionId))
            if ((await queries.VersionsAsync(call.Name!, regionId, stop).ConfigureAwait(false)).FirstOrDefault(c => c.IsMeantBy(call)) is { } newest)
                read._found[call.ToString()] = newest;
        return read;
    }

    /// <summary>The component that a call means; null where it could not be seen.</summary>
    public EcsImageComponent? Find(ComponentCall call) => _found.GetValueOrDefault(call.ToString());

    /// <summary>The calls by id that mean nothing. One by name may mean a component of another account or region, which is not seen from here.</summary>
    public IEnumerable<BuildProblem> Missing(BuildContent content, string regionId) =>
        from command in content.Commands
        where command.Component is { Id: not null } call && Find(call) is null
        select new BuildProblem(command.Line, command.Column, "ImageComponent.NotFound", $"There is no image component {command.Component!.Id} in {regionId}.",
            "Components are bound to a region: Get-EcsImageComponent lists those that are here.");
}
