using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>An image launches in its own region only, where the type must be offered. Source: "Image overview", regions.</summary>
internal static class RegionRule
{
    public static EcsCompatibilityRule Judge(EcsImage image, EcsInstanceType type, string regionId)
    {
        var isThere = image.RegionId == regionId;
        var isOffered = type.RegionId == regionId;
        var mayBeThere = !isThere && isOffered && image.ImageType is EcsImageType.Public;
        return new()
        {
            Id = "Region",
            Severity = mayBeThere ? EcsCompatibilitySeverity.Warns : EcsCompatibilitySeverity.Blocks,
            Finding = mayBeThere ? Unknown : isThere && isOffered ? Passed : Violated,
            Reason = mayBeThere ? $"Public images are in all regions; this version was seen in {image.RegionId}, and not looked for in {regionId}."
                : !isThere ? $"The image is in {image.RegionId}; an instance in {regionId} needs an image of {regionId}."
                : !isOffered ? $"The type was read in {type.RegionId}; an instance in {regionId} needs a type that {regionId} offers."
                : $"Image and type are in {regionId}.",
            Remedy = mayBeThere ? $"Get-EcsImage -ImageId {CommandLine.Word(image.ImageId)} -RegionId {CommandLine.Word(regionId)}"
                : !isThere ? Bring(image, type, regionId)
                : isOffered ? null : $"Get-EcsInstanceType {CommandLine.Word(type.InstanceType)} -RegionId {CommandLine.Word(regionId)}",
        };
    }

    // A community image cannot be copied; a shared one within its region only, and that copy is one's own.
    private static string Bring(EcsImage image, EcsInstanceType type, string regionId)
    {
        var (id, from, to) = (CommandLine.Word(image.ImageId), CommandLine.Word(image.RegionId), CommandLine.Word(regionId));
        return image.ImageType switch
        {
            EcsImageType.Custom => $"Copy-EcsImage -ImageId {id} -RegionId {from} -DestinationRegionId {to} -Wait",
            EcsImageType.Shared => $"Copy-EcsImage -ImageId {id} -RegionId {from} -Wait | Copy-EcsImage -DestinationRegionId {to} -Wait",
            _ => CommandLine.ImagesFor(image, type.InstanceType, regionId),
        };
    }
}
