using EcsImages.Local.Catalog;
using EcsImages.Local.Dispatch;
using EcsImages.Local.Store;

namespace EcsImages.Local.Ecs.Building.Executions;

/// <summary>The instance type to build on where the pipeline names none.</summary>
internal static class BuilderType
{
    // The service's documentation names this one as the first that it tries.
    private const string Usual = "ecs.g6.large";

    /// <exception cref="EndpointError">The image starts on none.</exception>
    public static string SmallestFor(Image image)
    {
        if (InstanceTypes.Find(Usual) is { } usual && Compatibility.Supports(image, usual)) return Usual;
        return InstanceTypes.All.Where(t => t.Gpus == 0 && Compatibility.Supports(image, t)).OrderBy(static t => t.Cpus).ThenBy(static t => t.MemoryGiB).FirstOrDefault()?.Id
            ?? throw Error.Of("InvalidInstanceType.NotFound", $"that {image.Id} starts on");
    }
}
