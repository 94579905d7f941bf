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
        return new()
        {
            Id = "Region",
            Severity = EcsCompatibilitySeverity.Blocks,
            Finding = isThere && isOffered ? Passed : Violated,
            Reason = !isThere ? $"The image is in {image.RegionId}; an instance in {regionId} needs an image of {regionId}."
                : !isOffered ? $"The type was read in {type.RegionId}; an instance in {regionId} needs a type that {regionId} offers."
                : $"Image and type are in {regionId}.",
            Remedy = !isThere ? Bring(image, type, regionId) : isOffered ? null : $"Get-EcsInstanceType {CommandLine.Word(type.InstanceType)} -RegionId {CommandLine.Word(regionId)}",
        };
    }

    // Public images are everywhere under ids of their own; a community image cannot be copied; a shared one within its region only, and that copy is one's own.
    private static string Bring(EcsImage image, EcsInstanceType type, string regionId)
    {
        var (id, from, to) = (CommandLine.Word(image.ImageId), CommandLine.Word(image.RegionId), CommandLine.Word(regionId));
        return image.ImageType switch
        {
            EcsImageType.Custom => $"Copy-EcsImage -ImageId {id} -RegionId {from} -DestinationRegionId {to} -Wait",
            EcsImageType.Shared => $"Copy-EcsImage -ImageId {id} -RegionId {from} -Wait | Copy-EcsImage -DestinationRegionId {to} -Wait",
            EcsImageType.Public when image.Family is { } family => $"Get-EcsImage -Family {CommandLine.Word(family)} -Latest -RegionId {to}",
            _ => CommandLine.ImagesFor(image, type.InstanceType, regionId),
        };
    }
}
