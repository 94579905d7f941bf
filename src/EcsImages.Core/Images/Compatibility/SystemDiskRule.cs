using System.Globalization;
using System.Text;
using EcsImages.Core.Machines;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The system disk holds the image, and its category allows its size and the type. Source: RunInstances, errors InvalidSystemDiskSize.*.</summary>
internal static class SystemDiskRule
{
    private const int Most = 2048;
    private const string SuitsAll = "cloud_essd";

    public static IEnumerable<EcsCompatibilityRule> Judge(EcsImage image, EcsInstanceType type, CompatibilityQuestion question) =>
        [Size(image, type, question), Category(image, type, question)];

    private static EcsCompatibilityRule Size(EcsImage image, EcsInstanceType type, CompatibilityQuestion question)
    {
        var wanted = question.SystemDiskSizeGiB ?? (image.SizeGiB is { } held ? SystemDiskSizes.Default(held) : null);
        var known = question.SystemDiskCategory is { } category ? SystemDiskSizes.Of(category, question.PerformanceLevel) : null;
        var (least, most) = known ?? (1, Most);
        var of = $"{question.SystemDiskCategory}{(question.PerformanceLevel is { } level ? $" {level}" : "")}";
        var (finding, reason) = wanted switch
        {
            null => (Unknown, "The service did not say how large the image is; the system disk must hold it."),
            { } size when size < image.SizeGiB => (Violated, $"The image has {image.SizeGiB} GiB; a system disk of {size} GiB does not hold it."),
            { } size when size < least => (Violated, $"A system disk of {of} has {least} GiB or more; {size} GiB is less."),
            { } size when size > most => (Violated, $"A system disk{(known is null ? "" : $" of {of}")} has {most} GiB at the most; {size} GiB is more."),
            { } size when image.SizeGiB is null => (Unknown, $"The service did not say how large the image is; the system disk of {size} GiB must hold it."),
            { } size when known is null && question.SystemDiskCategory is not null => (Unknown, $"This version of the module does not know the sizes of {question.SystemDiskCategory}; the disk would have {size} GiB."),
            { } size => (Passed, $"The image has {image.SizeGiB} GiB, the system disk {size} GiB."),
        };
        var enough = Math.Max(image.SizeGiB ?? 0, least);
        return new()
        {
            Id = "SystemDiskSize",
            Severity = finding is Unknown ? Warns : Blocks,
            Finding = finding,
            Reason = reason,
            Remedy = finding is not Violated ? null : enough <= most ? Again(image, type, question with { SystemDiskSizeGiB = enough })
                : enough <= Most ? Again(image, type, question with { SystemDiskSizeGiB = enough, SystemDiskCategory = SuitsAll, PerformanceLevel = null }) : null,
        };
    }

    private static EcsCompatibilityRule Category(EcsImage image, EcsInstanceType type, CompatibilityQuestion question)
    {
        var category = question.SystemDiskCategory;
        var finding = category is null || SystemDiskSizes.SuitsNvme(category) || type.NvmeSupport is "unsupported" or "supported" ? Passed
            : type.NvmeSupport == "required" ? Violated : Unknown;
        return new()
        {
            Id = "SystemDiskCategory",
            Severity = finding is Unknown ? Warns : Blocks,
            Finding = finding,
            Reason = finding switch
            {
                Violated => $"The type's disks attach as NVMe; such a disk is cloud_essd or cloud_auto, not {category}.",
                Unknown => $"The service did not say whether the type's disks attach as NVMe, which {category} could not.",
                _ when category is not null => $"The type takes {category}.",
                _ => type.NvmeSupport == "required" ? "The type takes cloud_essd and cloud_auto, whose disks attach as NVMe." : "No category is asked for.",
            },
            Remedy = finding is Violated ? Again(image, type, question with { SystemDiskCategory = SuitsAll, PerformanceLevel = null }) : null,
        };
    }

    private static string Again(EcsImage image, EcsInstanceType type, CompatibilityQuestion question)
    {
        var line = new StringBuilder($"Test-EcsImageCompatibility -ImageId {CommandLine.Word(image.ImageId)} -InstanceType {CommandLine.Word(type.InstanceType)}");
        if (question.SystemDiskSizeGiB is { } size) line.Append(CultureInfo.InvariantCulture, $" -SizeGiB {size}");
        if (question.SystemDiskCategory is { } category) line.Append(" -SystemDiskCategory ").Append(CommandLine.Word(category));
        if (question.PerformanceLevel is { } level) line.Append(" -PerformanceLevel ").Append(CommandLine.Word(level));
        return line.Append(" -RegionId ").Append(CommandLine.Word(question.RegionId ?? type.RegionId)).ToString();
    }
}
