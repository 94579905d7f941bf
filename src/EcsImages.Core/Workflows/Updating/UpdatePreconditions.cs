using EcsImages.Core.Images;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Workflows.Updating;

/// <summary>What can be told of an update before anything is launched.</summary>
internal static class UpdatePreconditions
{
    private const int MostSuggestions = 3;

    /// <summary>The image is one's own. Source: ACS-ECS-UpdateImage, sourceImageId; the console offers own images.</summary>
    /// <exception cref="PreconditionException">It is not.</exception>
    public static void CheckOwn(EcsImage image)
    {
        if (image.ImageType is not EcsImageType.Custom)
            throw new PreconditionException("NotOwnImage",
                $"Image '{image.ImageId}' in {image.RegionId} is {(image.ImageType is { } type ? $"a {type} image" : "of a kind that this version of the module does not know")}; only one's own images are updated. "
                + (image.ImageType is EcsImageType.Shared ? "Copy it first with Copy-EcsImage; the copy is yours." : "Launch an instance of it with New-EcsInstance, and make an image of that with New-EcsCustomImage."));
    }

    /// <summary>The image can be launched, and is meant to be. Source: RunInstances, error IncorrectImageStatus.</summary>
    /// <exception cref="PreconditionException">It is another state.</exception>
    public static void CheckAvailable(EcsImage image)
    {
        if (image.Status != "Available")
            throw new PreconditionException("IncorrectImageStatus", $"Image '{image.ImageId}' in {image.RegionId} is {image.Status}; only one that is Available can be updated.");
    }

    /// <summary>The image starts on the type, by the rules; otherwise the nearest types that it does start on are named.</summary>
    /// <exception cref="PreconditionException">It does not.</exception>
    /// <exception cref="EcsNotFoundException">There is no such type in the region.</exception>
    public static async Task CheckTypeAsync(EcsImage image, string instanceType, string? diskCategory, InstanceTypeCatalog types, CancellationToken stop)
    {
        var type = (await types.FindAsync([instanceType], stop).ConfigureAwait(false))[0]
            ?? throw new EcsNotFoundException("InvalidInstanceType.NotFound", $"There is no instance type '{instanceType}' in {image.RegionId}. Get-EcsInstanceType -ImageId {image.ImageId} lists those that the image starts on.");
        var question = new CompatibilityQuestion { RegionId = image.RegionId, SystemDiskCategory = diskCategory ?? UpdateTemplate.DefaultDiskCategory, Today = image.SeenOn };
        var judged = CompatibilityRules.Judge(image, type, question);
        if (judged.Verdict is not EcsCompatibilityVerdict.Incompatible) return;
        var near = TypeSuggestions.For(image, type, await types.AllAsync(stop).ConfigureAwait(false), question, MostSuggestions);
        throw new PreconditionException("ImageNotSupportInstanceType",
            $"Image '{image.ImageId}' in {image.RegionId} does not start on {type.InstanceType}: {judged.Reason}"
            + (near.Count == 0 ? "" : $" It does on {string.Join(", ", near.Select(static s => s.InstanceType))}."));
    }
}
