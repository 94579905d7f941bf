using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A license or a product is billed with each instance of the image. Source: "Image overview", fees.</summary>
internal static class FeeRule
{
    public static EcsCompatibilityRule Judge(EcsImage image)
    {
        var fee = Fees.Of(image);
        // The storage of a custom image costs the same with no instance of it.
        var isBilled = (fee.Kinds & ~FeeKinds.SnapshotStorage) != FeeKinds.None;
        return new()
        {
            Id = "Fee",
            Severity = EcsCompatibilitySeverity.Informs,
            Finding = isBilled ? Violated : Passed,
            Reason = isBilled ? $"{fee.Text}. {fee.Why}" : "No license or product is billed with an instance of it.",
        };
    }
}
