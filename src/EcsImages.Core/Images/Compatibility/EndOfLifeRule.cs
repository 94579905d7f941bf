using System.Globalization;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilityFinding;
using static EcsImages.Core.Images.Compatibility.EcsCompatibilitySeverity;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>Nobody supports an image past the end of life of its operating system; it launches all the same. Source: the lifecycle pages.</summary>
internal static class EndOfLifeRule
{
    private const int SoonDays = 180;

    public static EcsCompatibilityRule Judge(EcsImage image, DateOnly today)
    {
        var row = Lifecycles.Of(image);
        var (severity, finding, reason) = row?.EndOfLife switch
        {
            null => (Informs, Unknown, row is null ? "It is not known how long the operating system of the image is supported." : $"It is not known how long {row} is supported."),
            { } end when today > end => (Warns, Violated, $"The support of {row} ended on {Day(end)}: nobody mends it any more."),
            { } end when end.DayNumber - today.DayNumber <= SoonDays => (Informs, Violated, $"The support of {row} ends on {Day(end)}, in {end.DayNumber - today.DayNumber} days."),
            { } end => (Warns, Passed, $"{row} is supported until {Day(end)}."),
        };
        return new() { Id = "EndOfLife", Severity = severity, Finding = finding, Reason = reason, Remedy = finding is Violated ? Successor(image, row!, today) : null };
    }

    private static string? Successor(EcsImage image, EcsOSLifecycle row, DateOnly today) => Lifecycles.SuccessorOf(row, today) is not { Platform: { } platform } next ? null
        : $"Get-EcsImage -ImageType Public -Platform {CommandLine.Word(platform)}{(image.RegionId.Length == 0 ? "" : $" -RegionId {CommandLine.Word(image.RegionId)}")} # the successor is {next.Name}";

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
