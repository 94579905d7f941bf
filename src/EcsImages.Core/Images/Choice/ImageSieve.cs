using System.Globalization;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Images.Choice;

/// <summary>What speaks against an image as an answer to a question; nothing, if it is one.</summary>
internal static class ImageSieve
{
    // One subscribes to a product once it is chosen; that is no reason not to choose it.
    private const string Subscription = "Subscription";

    public static IEnumerable<Objection> Against(EcsImage image, ImageQuestion asked, IReadOnlyList<EcsImageCompatibility> verdicts)
    {
        var system = Lifecycles.SystemOf(image)?.OS;
        if (image.Status != "Available") yield return new("not Available", $"It is {image.Status}.");
        if (asked.IsNamed is { } isNamed && !isNamed(image.Name)) yield return new("another name", $"Its name is {image.Name}.");
        if (asked.Need is { } need && image.ImageType != need.ImageType) yield return new($"not {need.ImageType}", $"It is {image.ImageType}; {need.Name} means {need.ImageType} images.");
        if (asked.OSType is not null && !Same(image.OSType, asked.OSType)) yield return new($"not {asked.OSType}", $"It is {image.OSType}.");
        if (asked.Architecture is not null && !Same(image.Architecture, asked.Architecture)) yield return new($"not {asked.Architecture}", $"It is {image.Architecture}.");
        if (asked.Language is { } language && ImageEdition.Of(image).Language is { } spoken && spoken != language) yield return new("another language", $"It speaks {ImageEdition.Word(spoken)}.");
        if (asked.Systems.Count > 0 && !asked.Systems.Any(s => s.Is(image)))
            yield return new("another operating system", $"It is {image.OSName}, not {string.Join(" or ", asked.Systems.Select(static s => s.Text))}.");
        if (asked.Workload is { } workload && !workload.OperatingSystems.Contains(system))
            yield return new("another operating system", $"{workload.Name} wants {string.Join(" or ", workload.OperatingSystems)}; this is {system ?? image.OSName}.");
        if (LegacySystems.Contains(system) && !IsAskedByName(image, system, asked)) yield return new("legacy", $"{system} is for what cannot be moved yet; it is given only to who asks for it by name.");
        if (asked.Replaced is { } replaced)
            foreach (var objection in replaced.Against(image, asked.InstanceTypes.Count > 0)) yield return objection;
        foreach (var objection in OfLifecycle(image, system, asked)) yield return objection;
        if (asked.License is { } license && OfLicense(image, license) is { } price) yield return price;
        foreach (var verdict in verdicts)
            if (verdict.Rules.FirstOrDefault(static r => r.Blocks && r.Id != Subscription) is { } rule)
                yield return new($"does not start on {verdict.InstanceType}", $"It does not start on {verdict.InstanceType}: {rule.Reason}");
    }

    /// <summary>Whether what is usually not given was asked for: a version, a name, or a system that is nothing but old.</summary>
    public static bool IsAskedByName(EcsImage image, string? system, ImageQuestion asked) =>
        asked.IsNamed is not null
        || asked.Workload is { IsLegacy: true } workload && workload.OperatingSystems.Contains(system)
        || asked.Systems.Any(s => s.Is(image) && (s.HasVersion || LegacySystems.Contains(s.OS)));

    private static IEnumerable<Objection> OfLifecycle(EcsImage image, string? system, ImageQuestion asked)
    {
        var row = Lifecycles.Of(image);
        if (row is not null && row.IsPastEnd(asked.Today) && !IsAskedByName(image, system, asked))
            yield return new("past its end of life", string.Create(CultureInfo.InvariantCulture, $"{row.Name} reached its end of life on {row.EndOfLife:yyyy-MM-dd}."));
        if (asked.SupportedUntil is not { } day) yield break;
        if (row?.EndOfLife is not { } end)
            yield return new("end of support not known", string.Create(CultureInfo.InvariantCulture, $"The end of support of {row?.Name ?? image.OSName} is not known, so that nothing promises it until {day:yyyy-MM-dd}."));
        else if (end < day)
            yield return new(string.Create(CultureInfo.InvariantCulture, $"not supported until {day:yyyy-MM-dd}"), string.Create(CultureInfo.InvariantCulture, $"{row.Name} is supported until {end:yyyy-MM-dd} only."));
    }

    private static Objection? OfLicense(EcsImage image, EcsImageLicense wanted)
    {
        var fee = Fees.Of(image);
        var isCommercial = (fee.Kinds & (FeeKinds.OSLicense | FeeKinds.MarketplaceProduct)) != 0 || Lifecycles.SystemOf(image)?.Licensing == "commercial";
        return (wanted, isCommercial) switch
        {
            (EcsImageLicense.Free, true) => new("commercial", $"It is not free: {fee.Text}."),
            (EcsImageLicense.Commercial, false) => new("free", "It is not commercial."),
            _ => null,
        };
    }

    private static bool Same(string? a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);
}
