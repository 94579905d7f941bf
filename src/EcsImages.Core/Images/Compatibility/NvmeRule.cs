using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>A type whose disks attach as NVMe takes only images that support it. Source: DescribeInstanceTypes and DescribeImages, NvmeSupport.</summary>
internal sealed class NvmeRule() : LaunchRule("Nvme")
{
    private const string Supported = "supported";

    // The API knows "required" and "unsupported" of a type; some texts speak of types that support both ways, which suit any image.
    public override EcsCompatibilityFinding Find(in ImageTraits image, in TypeTraits type) =>
        image.NvmeSupport == Supported || type.NvmeSupport is "unsupported" or Supported ? Passed
        : type.NvmeSupport == "required" ? image.NvmeSupport == "unsupported" ? Violated : Unknown : Unknown;

    public override string Reason(EcsCompatibilityFinding finding, in ImageTraits image, in TypeTraits type) => finding switch
    {
        Unknown when type.NvmeSupport == "required" => "The type's disks attach as NVMe; the service did not say whether the image supports that.",
        Unknown => "The service did not say whether the type's disks attach as NVMe, which the image does not support.",
        Violated => "The type's disks attach as NVMe, and the image does not support NVMe.",
        _ => type.NvmeSupport == "required" ? "The type's disks attach as NVMe, and the image supports it."
            : image.NvmeSupport == Supported ? "The image supports NVMe." : "The type does not need NVMe.",
    };

    // The setting only tells the service what is in the image: the driver must be there.
    protected override string Remedy(EcsImage image, EcsInstanceType type) => image.ImageType is EcsImageType.Custom
        ? $"Set-EcsImage -ImageId {CommandLine.Word(image.ImageId)} -RegionId {CommandLine.Word(image.RegionId)} -NvmeSupport supported # if the system in it has the NVMe driver"
        : CommandLine.ImagesFor(image, type.InstanceType);
}
