using EcsImages.Core.Images;

namespace EcsImages.Core.Workflows;

/// <summary>What can be told before CreateImage or CopyImage is asked; each with the code that the service has for it.</summary>
internal sealed class CreatePreconditions(EcsAccess access)
{
    /// <summary>The instance is there, and Running or Stopped. Source: CreateImage, error IncorrectInstanceStatus.</summary>
    public async Task CheckInstanceAsync(string instanceId, string regionId, CancellationToken stop)
    {
        var instance = await new MachineQueries(access).GetInstanceAsync(instanceId, regionId, stop).ConfigureAwait(false);
        if (instance.Status is not ("Running" or "Stopped"))
            throw new PreconditionException("IncorrectInstanceStatus", $"Instance '{instanceId}' in {regionId} is {instance.Status}; an image is made of one that is Running or Stopped.");
    }

    /// <summary>The name can be one, before long work begins for it. Source: CreateImage and ImportImage, error InvalidImageName.Malformed.</summary>
    public static void CheckWord(string? name)
    {
        if (name is not null && !ImageNames.IsName(name))
            throw new PreconditionException("InvalidImageName.Malformed", $"'{name}' cannot be the name of an image: it has {ImageNames.Rule}. Name another one with -Name.");
    }

    /// <summary>The name is free among one's own images of the region. Source: CreateImage and CopyImage, error InvalidImageName.Duplicated.</summary>
    public async Task CheckNameAsync(string? name, string regionId, CancellationToken stop)
    {
        if (name is null) return;
        var filter = new ImageFilter { ImageTypes = [EcsImageType.Custom], NamePart = name, Status = "ALL" };
        await foreach (var page in new ImageQueries(access).ListAsync(filter, regionId, stop).ConfigureAwait(false))
            foreach (var image in page)
                if (image.Name == name)
                    throw new PreconditionException("InvalidImageName.Duplicated", $"Image '{image.ImageId}' in {regionId} has the name '{name}' already.");
    }

    /// <summary>The image can be copied now. Source: CopyImage, error IncorrectImageStatus.</summary>
    public static void CheckCopyable(EcsImage image)
    {
        if (image.Status != "Available")
            throw new PreconditionException("IncorrectImageStatus", $"Image '{image.ImageId}' in {image.RegionId} is {image.Status}; only one that is Available can be copied.");
    }
}

/// <summary>The service would refuse.</summary>
/// <param name="code">The code that it has for that.</param>
/// <param name="message">Why.</param>
public sealed class PreconditionException(string code, string message) : Exception(message)
{
    /// <summary>The code that the service has for it.</summary>
    public string Code => code;
}
