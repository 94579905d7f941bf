using System.Globalization;

namespace EcsImages.Core.Images.Compatibility;

/// <summary>The lines that remedies name: whole, ready to run, quoted where PowerShell needs it.</summary>
internal static class CommandLine
{
    /// <summary>The types that an image starts on.</summary>
    public static string TypesFor(EcsImage image, int? leastMemoryGiB = null) => string.Create(CultureInfo.InvariantCulture,
        $"Get-EcsInstanceType -ImageId {Word(image.ImageId)}{(leastMemoryGiB is null ? "" : " -MinimumMemoryGiB ")}{leastMemoryGiB} -RegionId {Word(image.RegionId)}");

    /// <summary>Images of the same system that start on a type.</summary>
    public static string ImagesFor(EcsImage image, string instanceType, string? regionId = null) =>
        $"Get-EcsImage {(string.IsNullOrEmpty(image.Platform) ? "" : $"-Platform {Word(image.Platform)} ")}-InstanceType {Word(instanceType)} -RegionId {Word(regionId ?? image.RegionId)}";

    /// <summary>A word as an argument.</summary>
    public static string Word(string text) => text.Length > 0 && text.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':')
        ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
