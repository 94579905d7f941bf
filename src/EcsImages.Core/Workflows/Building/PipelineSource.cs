using EcsImages.Core.Building;
using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows.Building;

/// <summary>What a pipeline builds on.</summary>
/// <param name="Type">IMAGE, IMAGE_FAMILY or OSS.</param>
/// <param name="Name">The id of an image or a family; null for OSS.</param>
internal sealed record PipelineSource(string Type, string? Name)
{
    public const string Image = "IMAGE", Family = "IMAGE_FAMILY", Objects = "OSS";

    /// <summary>The source that is said and the one that FROM names are one.</summary>
    /// <param name="said">What was said beside the text; null if nothing was.</param>
    /// <param name="from">What FROM names; null without FROM.</param>
    /// <exception cref="PreconditionException">Neither is there, or both are and differ: documentations differ on which one the service takes then.</exception>
    public static PipelineSource Of(PipelineSource? said, BaseImageReference? from)
    {
        if (from is null) return said ?? throw new PreconditionException("MissingBaseImage", "Nothing says what image to build on.");
        var named = new PipelineSource(from.Type, from.Name);
        if (said is not null && said != named)
            throw new PreconditionException("BaseImageConflict", $"FROM names {named}, and the parameters name {said}.");
        return named;
    }

    /// <summary>The image that it is now; null for objects, which are imported when the pipeline runs.</summary>
    /// <exception cref="EcsNotFoundException">There is none.</exception>
    public async Task<EcsImage?> ResolveAsync(EcsAccess access, string regionId, CancellationToken stop)
    {
        if (Type == Objects) return null;
        var images = new ImageQueries(access);
        if (Type != Family) return await images.GetAsync(Name!, regionId, stop).ConfigureAwait(false);
        return await images.FindNewestAsync(Name!, regionId, stop).ConfigureAwait(false)
            ?? throw new EcsNotFoundException("InvalidImage.NotFound", $"The family '{Name}' has no Available image in {regionId} to build on.");
    }

    /// <summary>In words.</summary>
    public override string ToString() => Type switch { Image => $"image {Name}", Family => $"the family {Name}", _ => "objects in OSS" };
}
