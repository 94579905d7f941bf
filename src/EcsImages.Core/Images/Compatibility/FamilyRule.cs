using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Some public images start on certain families only, and some families leave certain systems out. Source: Images/Data/instance-families.json.</summary>
internal sealed class FamilyRule() : LaunchRule("Family")
{
    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type)
    {
        if (FamilyRestrictions.DemandOf(image) is { } demand)
            return string.IsNullOrEmpty(type.Family) ? Unknown : FamilyRestrictions.Matches(demand.Families, type.Family) ? Passed : Violated;
        return FamilyRestrictions.ExclusionOf(image, type)?.Find(image, type) ?? Passed;
    }

    public override EcsCompatibilitySeverity SeverityOf(in ImageTraits image, in TypeTraits type) =>
        FamilyRestrictions.DemandOf(image) is null && FamilyRestrictions.ExclusionOf(image, type) is { } exclusion ? exclusion.Severity : EcsCompatibilitySeverity.Blocks;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type)
    {
        if (FamilyRestrictions.DemandOf(image) is { } demand)
        {
            var wanted = $"This {demand.Kind} image starts on {string.Join(", ", demand.Families)} only";
            return finding switch
            {
                Unknown => $"{wanted}; the service did not say the family of the type.",
                Violated => $"{wanted}; the type is of {type.Family}.",
                _ => $"This {demand.Kind} image starts on {type.Family}.",
            };
        }
        if (FamilyRestrictions.ExclusionOf(image, type) is { } exclusion)
            return $"{image.OSName ?? image.Platform} on {type.Family}: {exclusion.Why}.";
        return "No family is known to be closed to the image.";
    }

    protected override string Remedy(EcsImage image, EcsInstanceType type) =>
        FamilyRestrictions.DemandOf(ImageTraits.Of(image)) is null ? CommandLine.ImagesFor(image, type.InstanceType) : CommandLine.TypesFor(image);
}
