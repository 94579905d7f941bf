using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A Marketplace image launches for accounts that subscribe to its product. Source: RunInstances, error ImageNotSubscribed.</summary>
internal static class SubscriptionRule
{
    public static EcsCompatibilityRule Judge(EcsImage image)
    {
        var finding = image.ImageType is not EcsImageType.Marketplace ? Passed : image.IsSubscribed switch { true => Passed, false => Violated, null => Unknown };
        return new()
        {
            Id = "Subscription",
            Severity = finding is Unknown ? Warns : Blocks,
            Finding = finding,
            Reason = finding switch
            {
                Violated => $"The account does not subscribe to the product {image.ProductCode} of this Marketplace image.",
                Unknown => $"The service did not say whether the account subscribes to the product {image.ProductCode} of this Marketplace image.",
                _ => image.ImageType is EcsImageType.Marketplace ? $"The account subscribes to the product {image.ProductCode}." : "The image is not of the Marketplace.",
            },
            // One subscribes in the Marketplace; no operation of ECS does.
            Remedy = null,
        };
    }
}
