using System.Globalization;
using EcsImages.Core.Images.Compatibility;

namespace EcsImages.Core.Images.Choice;

/// <summary>Says why an image was chosen, and what should be known of it; the weightiest first.</summary>
internal static class ImageReasons
{
    public static IEnumerable<string> For(Candidate candidate, ImageQuestion asked)
    {
        var image = candidate.Image;
        if (asked.Replaced is { } replaced)
        {
            yield return Succession(candidate, replaced, asked.Today);
            if (replaced.Image?.ImageType is EcsImageType.Custom && !replaced.IsNewerBuild(image)) yield return "It is a clean system: what was installed in the old image is not in it.";
        }
        foreach (var verdict in candidate.Verdicts) yield return Start(verdict, asked.Replaced);
        yield return Support(candidate, asked.Today);
        if (asked.Workload is { } workload) yield return $"{workload.Name}: {workload.Reason}";
        if (asked.Need is { } need) yield return $"{need.Name}: {need.Reason}";
        if (image.ImageType is { } type) yield return $"{type} image, trust {image.Trust}; supported by: {Supporters.Of(image, asked.Today).Name}.";
        if (Fees.Of(image).Kinds is not FeeKinds.None) yield return $"Fee: {Fees.Of(image).Text}.";
        if (image is { ImageType: EcsImageType.Marketplace, IsSubscribed: false }) yield return $"Subscribe to the product {image.ProductCode} in the Marketplace before launching it.";
        if (candidate.Edition.Language is { } language) yield return $"Language: {ImageEdition.Word(language)}.";
        if (candidate.Edition.Special.Count > 0) yield return $"Edition: {string.Join(", ", candidate.Edition.Special)}.";
        if (candidate.OlderBuilds > 0) yield return string.Create(CultureInfo.InvariantCulture, $"The newest of {candidate.OlderBuilds + 1} builds{(image.Family is { } family ? $" of {family}" : "")}.");
    }

    private static string Succession(Candidate candidate, ReplacedImage replaced, DateOnly today)
    {
        var old = replaced.System;
        var name = candidate.Lifecycle?.Name ?? candidate.System;
        var fate = old.EndOfLife is not { } end ? ""
            : string.Create(CultureInfo.InvariantCulture, $", which {(old.IsPastEnd(today) ? "reached its end of life on" : "is supported until")} {end:yyyy-MM-dd}");
        if (replaced.IsNewerBuild(candidate.Image)) return $"A newer image of your family {candidate.Image.Family}.";
        if (name == old.Name) return $"A newer build of {old.Name}{fate}.";
        var direct = Lifecycles.SuccessorOf(old, today)?.Name;
        return name == direct || direct is null ? $"{name} succeeds {old.Name}{fate}.{Why(old)}"
            : $"{name} takes the place of {old.Name}{fate}; its successor {direct} has no image here that fits.";
    }

    private static string Why(EcsOSLifecycle old) => old.SuccessorReason is { } reason ? $" {reason}" : "";

    private static string Start(EcsImageCompatibility verdict, ReplacedImage? replaced)
    {
        var instances = replaced?.InstanceCount switch
        {
            null or 0 => "",
            1 => ", where the instance of the old image runs",
            { } count => string.Create(CultureInfo.InvariantCulture, $", where instances of the old image run ({count} in all)"),
        };
        var mode = verdict.ResultingBootMode is { } boots ? $" by {boots}" : "";
        return verdict.Verdict is EcsCompatibilityVerdict.Compatible
            ? $"It starts on {verdict.InstanceType}{mode}{instances}."
            : $"It starts on {verdict.InstanceType}{mode}{instances}, but: {verdict.Problems.FirstOrDefault(static p => p.Warns)?.Reason ?? verdict.Reason}";
    }

    private static string Support(Candidate candidate, DateOnly today) => candidate.Lifecycle switch
    {
        null => "The life of its operating system is not known.",
        { EndOfLife: null } row => $"The end of support of {row.Name} is not known.",
        { EndOfLife: { } end } row when row.IsPastEnd(today) => string.Create(CultureInfo.InvariantCulture, $"Mind: {row.Name} reached its end of life on {end:yyyy-MM-dd}; nobody supports it."),
        { EndOfLife: { } end } row => string.Create(CultureInfo.InvariantCulture, $"{row.Name} is supported until {end:yyyy-MM-dd}."),
    };
}
